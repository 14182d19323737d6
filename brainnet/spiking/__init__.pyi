from brainnet.codes import PoissonRate as PoissonRate, PopulationRate as PopulationRate
from brainnet.spiking.classifier import SpikingClassifier as SpikingClassifier
from brainnet.spiking.connections import Projection as Projection
from brainnet.spiking.curves import FICurve as FICurve, fi_curve as fi_curve
from brainnet.spiking.learning import (
    Additive as Additive,
    DeltaRule as DeltaRule,
    InhibitorySTDP as InhibitorySTDP,
    Multiplicative as Multiplicative,
    PairSTDP as PairSTDP,
    PfisterGerstnerSTDP as PfisterGerstnerSTDP,
    PostsynapticSTDP as PostsynapticSTDP,
    PowerLaw as PowerLaw,
    RewardSTDP as RewardSTDP,
    SymmetricSTDP as SymmetricSTDP,
    TripletSTDP as TripletSTDP,
    TsodyksMarkram as TsodyksMarkram,
)
from brainnet.spiking.model import Model as Model
from brainnet.spiking.network import (
    Monitor as Monitor,
    Network as Network,
    Population as Population,
    Presentation as Presentation,
    Recording as Recording,
)
from brainnet.spiking.neurons import (
    LIF as LIF,
    AdaptiveLIF as AdaptiveLIF,
    AdEx as AdEx,
    ConductanceLIF as ConductanceLIF,
    ExponentialIF as ExponentialIF,
    GaussianNoise as GaussianNoise,
    HodgkinHuxley as HodgkinHuxley,
    Izhikevich as Izhikevich,
    Poisson as Poisson,
    PoissonBackground as PoissonBackground,
    Receptor as Receptor,
    SpikeTrains as SpikeTrains,
    SynapticLIF as SynapticLIF,
    WithPartner as WithPartner,
)
from brainnet.spiking.presets import competitive as competitive, frozen_fields as frozen_fields
from brainnet.spiking.readouts import Assignment as Assignment, DeltaReadout as DeltaReadout
from brainnet.spiking.simulator import simulate as simulate
