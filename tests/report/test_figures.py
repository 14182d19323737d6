"""Every figure is labelled, legible and says what to see, whatever the comparison holds."""

from dataclasses import replace

import matplotlib
import matplotlib.text
import numpy as np
import pytest
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.legend import Legend

from brainnet.report import style
from brainnet.report.figures import PLOTS, plots
from brainnet.report.figures.learning_curves import together
from brainnet.report.figures.receptive_fields import mosaic

SPIKES = {"raster", "potential"}
WITHOUT_AXES = {"receptive_fields"}


def texts(figure):
    return [text for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip() and text.get_visible()]


@pytest.fixture(scope="module")
def drawn(comparison):
    with style.applied():
        return {plot.key: plot.draw(comparison) for plot in PLOTS}


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.key)
def test_letters_are_large_enough_to_read(drawn, plot):
    assert min(text.get_fontsize() for text in texts(drawn[plot.key])) >= 9


@pytest.mark.parametrize("plot", [p for p in PLOTS if p.key not in WITHOUT_AXES], ids=lambda plot: plot.key)
def test_axes_say_what_they_measure(drawn, plot):
    labelled = [axes for axes in drawn[plot.key].axes if axes.get_visible() and axes.axison and len(axes.get_xticks())]
    assert labelled
    assert all(axes.get_xlabel() for axes in labelled)


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.key)
def test_the_caption_is_one_sentence(comparison, plot):
    caption = plot.caption(comparison)
    assert caption.endswith(".")
    assert ". " not in caption
    assert caption[0].isupper()


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.key)
def test_nothing_is_left_in_the_users_settings(comparison, plot):
    before = dict(matplotlib.rcParams)
    with style.applied():
        plot.draw(comparison)
    assert dict(matplotlib.rcParams) == before


def test_without_spiking_models_there_is_no_figure_of_spikes(comparison):
    silent = {key: {**arrays, "shown": (None,)} for key, arrays in comparison.arrays.items()}
    shown = plots(replace(comparison, arrays=silent))
    assert {plot.key for plot in PLOTS} - {plot.key for plot in shown} == SPIKES


def test_one_seed_two_classes_and_one_row_of_inputs_can_be_drawn(invent, tmp_path):
    made = invent(n_seeds=1)
    arrays = {
        key: {
            **found,
            "confusion": (np.array([[50, 0], [3, 47]]),),
            "receptive_fields": (found["receptive_fields"][0][:, :2],),
            "shown": tuple(one and replace(one, pattern=one.pattern[:2], answer=1) for one in found["shown"]),
        }
        for key, found in made.arrays.items()
    }
    task = replace(made.task, classes=("0", "1"), shape=(1, 2))
    logic = replace(made, task=task, arrays=arrays, first_label=0)
    with style.applied():
        for plot in plots(logic):
            style.save(plot.draw(logic), tmp_path / plot.key)
            assert plot.caption(logic)
    assert len(list(tmp_path.glob("*.png"))) == len(PLOTS)


def test_only_the_chance_level_can_be_drawn(invent):
    made = invent()
    alone = replace(made, models=made.models[:1], reference="chance")
    with style.applied():
        assert [plot.key for plot in plots(alone) if plot.draw(alone)] == ["accuracy", "neurons"]


@pytest.mark.parametrize("plot", PLOTS, ids=lambda plot: plot.key)
@pytest.mark.filterwarnings("error")
def test_names_are_drawn_as_they_are(hostile, comparison, plot, tmp_path, monkeypatch):
    drawn = {"draw_text": [], "draw_mathtext": []}
    for name, texts in drawn.items():
        monkeypatch.setattr(RendererAgg, name, recording(getattr(RendererAgg, name), texts))
    with style.applied():
        figure = plot.draw(hostile)
        style.save(figure, tmp_path / plot.key)
        assert len(legend(figure)) == len(legend(plot.draw(comparison)))
    assert all(text.startswith("$\\mathdefault{") for text in drawn["draw_mathtext"])  # Matplotlib's own powers of ten
    named = [text for text in drawn["draw_text"] if "frac" in text]
    assert bool(named) == (plot.key != "neurons")
    assert all("_$\\frac$ $x$\\x00 \\ud800" in text for text in named)


def recording(draw, texts):
    def drawing(self, gc, x, y, text, *more, **named):
        texts.append(text)
        return draw(self, gc, x, y, text, *more, **named)

    return drawing


def legend(figure):
    return [text for found in figure.findobj(Legend) for text in found.get_texts()]


def test_no_two_models_look_alike_in_grey(comparison):
    looks = list(style.looks(comparison).values())
    assert len({look.marker for look in looks}) == len(looks)
    assert len({str(look.line) for look in looks}) == len(looks)


def test_colours_of_networks_differ_in_hue_and_stand_out_from_white():
    luminance = [np.dot(to_rgb(colour), [0.2126, 0.7152, 0.0722]) for colour in style.COLOURS[:3]]
    assert max(luminance) < 0.5
    assert len(set(style.COLOURS)) == len(style.COLOURS)


def test_curves_of_different_seeds_meet_at_the_same_points():
    one, other = np.array([[0, 0.0], [10, 0.5], [20, 1.0]]), np.array([[0, 0.2], [20, 0.4]])
    seen, percents = together((one, other))
    np.testing.assert_allclose(seen, [10, 20])
    np.testing.assert_allclose(percents, [[50, 100], [30, 40]])


def test_a_mosaic_keeps_every_field_in_reading_order():
    fields = np.arange(5 * 4, dtype=float).reshape(5, 4)
    image = mosaic(fields, (2, 2))
    assert image.shape == (5, 8)
    np.testing.assert_array_equal(image[:2, 3:5], fields[1].reshape(2, 2))
    np.testing.assert_array_equal(image[3:, 3:5], fields[4].reshape(2, 2))
    assert np.isnan(image[2]).all()


def test_marked_spikes_are_those_of_the_neuron_whose_potential_is_shown(comparison):
    recording = replace(
        comparison.first("lif-stdp", "shown").recording,
        spike_times_ms={"inputs": np.arange(9.0), "hidden": np.array([1.0, 2.0, 5.0])},
        spike_neurons={"inputs": np.zeros(9, int), "hidden": np.array([7, 4, 7])},
        neuron=7,
    )
    np.testing.assert_array_equal(recording.own_spike_times_ms(), [1.0, 5.0])
    silent = replace(recording, spike_times_ms={"hidden": np.empty(0)}, spike_neurons={"hidden": np.empty(0, int)})
    assert silent.own_spike_times_ms().size == 0
