"""Every model and rule held against its publication, its closed form and an independent computation.

`suite.LAWS` lists the laws in order of their keys, `suite.run` puts them to the test, `page` shows what was found.
"""
