// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "small_runs.h"

#include <QTest>

#include <cmath>

using namespace ratescope;

namespace {

constexpr std::uint32_t sampleCount = 20;
constexpr std::uint32_t featureCount = 12;

struct Reference {
    const char* name;
    const char* layers;
    double rate;
    double momentum;
    double nesterov;
    double weightDecay;
    std::vector<double> losses;
};

// PyTorch 1.13, float32: nn.Sequential of the same layers, tensor i with 0.5·sin(0.7·k + i) at its place k; sample i
// with
// ((37i + 53j + 11ij) mod 256)/255 at feature j and the label (3i + ⌊i/4⌋) mod 10; all 20 samples a batch,
// cross_entropy, torch.optim.SGD; the loss before each of 25 updates.
const std::vector<Reference>& references() {
    static const std::vector<Reference> all = {
        {"tanh, plain",
         "dense 8, tanh, dense 6, tanh, dense 10",
         0.5,
         0,
         0,
         0,
         {2.9779224, 2.1676641, 2.1204894, 2.0828323, 2.0532446, 2.0300689, 2.0116374, 1.9963661, 1.9830679,
          1.970863,  1.9592203, 1.9477752, 1.9363537, 1.9248327, 1.9132932, 1.9020698, 1.8928583, 1.8920877,
          1.9235229, 2.0305448, 2.1133459, 2.0035233, 1.9597633, 1.9120629, 1.8842356}},
        {"tanh, nesterov",
         "dense 8, tanh, dense 6, tanh, dense 10",
         0.1,
         0.9,
         1,
         0,
         {2.9779224, 2.4296002, 2.182339,  2.151968,  2.1219256, 2.0830534, 2.0519481, 2.0315201, 2.0182052,
          2.0088143, 2.0014482, 1.9944279, 1.9859436, 1.9747299, 1.9606559, 1.9445435, 1.9275122, 1.9104716,
          1.8939661, 1.878207,  1.8631418, 1.8485663, 1.8342314, 1.8198916, 1.805329}},
        {"sigmoid, plain",
         "dense 8, sigmoid, dense 6, sigmoid, dense 10",
         1.0,
         0,
         0,
         0,
         {2.3235064, 2.1908672, 2.1168752, 2.0747938, 2.0511503, 2.0374644, 2.0287738, 2.0225899, 2.0177827,
          2.0138345, 2.0104854, 2.0075843, 2.0050349, 2.0027695, 2.0007386, 1.9989039, 1.9972365, 1.995712,
          1.9943113, 1.9930187, 1.9918206, 1.9907051, 1.9896631, 1.9886862, 1.987767}},
        {"sigmoid, nesterov",
         "dense 8, sigmoid, dense 6, sigmoid, dense 10",
         0.2,
         0.9,
         1,
         0,
         {2.3235064, 2.2682323, 2.2037358, 2.1414704, 2.0900757, 2.054594,  2.0358286, 2.030163,  2.0309052,
          2.0313354, 2.0276403, 2.0197155, 2.0097806, 2.0003858, 1.9931352, 1.9884322, 1.9858183, 1.984466,
          1.9835697, 1.9825804, 1.9812787, 1.9797159, 1.9780896, 1.9766045, 1.9753888}},
        {"relu and tanh, momentum and weight decay",
         "dense 8, relu, dense 6, tanh, dense 10",
         0.1,
         0.8,
         0,
         0.01,
         {2.6898913, 2.4347799, 2.2370515, 2.1789875, 2.1454003, 2.0931449, 2.0535462, 2.0359321, 2.0247307,
          2.0120223, 1.9964664, 1.9823463, 1.9735241, 1.9680045, 1.9615796, 1.9512676, 1.9385313, 1.9272093,
          1.9183487, 1.9099834, 1.9007843, 1.8919246, 1.8843889, 1.8772265, 1.8692373}},
    };
    return all;
}

std::shared_ptr<const Dataset> formulaData() {
    SampleSet set{3, 4, {}, {}};
    for (std::uint32_t i = 0; i < sampleCount; ++i) {
        for (std::uint32_t j = 0; j < featureCount; ++j)
            set.pixels.push_back(static_cast<std::uint8_t>((i * 37 + j * 53 + i * j * 11) % 256));
        set.labels.push_back(static_cast<std::uint8_t>((3 * i + i / 4) % 10));
    }
    return std::make_shared<const Dataset>(Dataset{set, set});
}

} // namespace

/// Network, loss, gradients and update rule together, held against another implementation of all of them.
class TestTrainerTorch : public QObject {
    Q_OBJECT

private slots:
    void followsTorch_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(references().size()); ++i) QTest::newRow(references()[std::size_t(i)].name) << i;
    }
    void followsTorch() {
        QFETCH(int, index);
        const Reference& reference = references()[std::size_t(index)];
        RunConfig config = smallConfig(reference.layers, reference.rate);
        config.batchSize = sampleCount;
        config.duration.epochs = reference.losses.size();
        config.optimizer.values.set("momentum", reference.momentum);
        config.optimizer.values.set("nesterov", reference.nesterov);
        config.optimizer.values.set("weight_decay", reference.weightDecay);
        const auto data = formulaData();
        QVERIFY(config.validate(infoOf(*data)).empty());
        Trainer trainer(config, data);
        const auto parameters = trainer.network().parameters();
        for (std::size_t i = 0; i < parameters.size(); ++i)
            for (std::size_t k = 0; k < parameters[i].values.size(); ++k)
                parameters[i].values[k] = static_cast<float>(0.5 * std::sin(0.7 * double(k) + double(i)));
        const RunRecord run = runToEnd(trainer);
        QCOMPARE(run.steps.size(), reference.losses.size());
        for (std::size_t s = 0; s < run.steps.size(); ++s) {
            QCOMPARE(run.steps[s].step, std::uint64_t(s));
            QCOMPARE(run.steps[s].rate, reference.rate);
            // Rounding differs, and grows where the rate is large: far below what any slip would do.
            VERIFY_NEAR(run.steps[s].loss, reference.losses[s], s < 5 ? 2e-6 : 1e-4);
        }
    }
};

QTEST_APPLESS_MAIN(TestTrainerTorch)
#include "tst_trainer_torch.moc"
