// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"
#include "small_runs.h"
#include "torch_references.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace ratescope;

namespace {

/// Far below what a slip does: one percent in one layer's rate moves each of these curves by 1e-5 to 1e-2. The first five
/// steps show roundings alone; later on they have been multiplied. Ten times what they are.
constexpr double limitAtFirst = 2e-6;
constexpr double limitAtTheEnd = 5e-6;

std::shared_ptr<const Dataset> formulaData(bool listed) {
    SampleSet set{torchSide, torchSide, {}, {}, {}};
    for (std::uint32_t i = 0; i < torchSamples; ++i) {
        for (std::uint32_t j = 0; j < torchSide * torchSide; ++j) set.pixels.push_back(torchPixel(i, j));
        set.labels.push_back(torchLabel(i));
    }
    if (listed) set.sparse = SparsePixels(set.pixels, torchSide, torchSide);
    return std::make_shared<const Dataset>(Dataset{set, set});
}

RunConfig configOf(const TorchReference& reference) {
    RunConfig config = smallConfig(reference.layers, reference.rate);
    config.batchSize = reference.batch > 0 ? reference.batch : torchSamples;
    config.duration.steps = reference.losses.size();
    config.loss = reference.squaredError ? Loss::Mse : Loss::CrossEntropy;
    config.layerRates = reference.layerRates;
    config.optimizer.type = reference.optimizer;
    for (const auto& [name, value] : reference.parameters) config.optimizer.values.set(name, value);
    if (reference.schedule) config.schedule = scheduleSpec(reference.schedule, reference.scheduleParameters);
    config.schedule.batchGrowth = reference.maxBatch > 0;
    config.schedule.maxBatch = reference.maxBatch;
    return config;
}

void setWeights(Network& network) {
    const auto tensors = network.parameters();
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const double fanIn = tensors[i].shape.size() > 1 ? tensors[i].fanIn() : 100.0;
        std::vector<float> values;
        const auto count = static_cast<std::size_t>(tensors[i].count());
        for (std::size_t k = 0; k < count; ++k) values.push_back(torchWeight(i, k, fanIn));
        assign(tensors[i], values);
    }
    network.weightsChanged();
}

} // namespace

/// Network, loss, gradients, batches and update rules together, held against another implementation of all of them.
class TestTrainerTorch : public QObject {
    Q_OBJECT

private slots:
    void followsTorch_data() {
        QTest::addColumn<int>("index");
        QTest::addColumn<bool>("listed"); // whether the pixels other than 0 are listed
        for (int i = 0; i < int(torchReferences().size()); ++i) {
            const TorchReference& reference = torchReferences()[std::size_t(i)];
            QTest::newRow(reference.name.c_str()) << i << false;
            if (reference.optimizer == std::string("sgd") && reference.parameters.empty())
                QTest::newRow((reference.name + ", listed pixels").c_str()) << i << true;
        }
    }
    void followsTorch() {
        QFETCH(const int, index);
        QFETCH(const bool, listed);
        const TorchReference& reference = torchReferences()[std::size_t(index)];
        const RunConfig config = configOf(reference);
        const auto data = formulaData(listed);
        QCOMPARE(data->train.sparse.empty(), !listed);
        QCOMPARE(problemText(config.validate(infoOf(*data))), std::string());
        Trainer trainer(config, data);
        setWeights(trainer.network());
        const RunRecord run = runToEnd(trainer);
        QCOMPARE(run.steps.size(), std::size_t(25));
        QCOMPARE(reference.losses.size(), std::size_t(25));
        double atFirst = 0.0;
        double all = 0.0;
        for (std::size_t s = 0; s < run.steps.size(); ++s) {
            QCOMPARE(run.steps[s].step, std::uint64_t(s));
            const double difference = relativeDifference(run.steps[s].loss, reference.losses[s]);
            all = std::max(all, difference);
            if (s < 5) atFirst = all;
        }
        qInfo("largest relative difference: %.1e in the first 5 steps, %.1e in all 25", atFirst, all);
        QVERIFY(atFirst <= limitAtFirst);
        QVERIFY(all <= limitAtTheEnd);
    }

    // A rule that joins the table has to join this comparison, on both kinds of network.
    void everyRuleIsCompared() {
        std::set<std::pair<std::string, std::string>> compared;
        for (const TorchReference& reference : torchReferences())
            if (reference.parameters.empty()) compared.emplace(reference.optimizer, reference.layers);
        for (const OptimizerInfo& rule : optimizerTable())
            for (const char* layers : {torchMlp, torchCnn})
                QVERIFY2(compared.contains({rule.type, layers}), rule.type.c_str());
    }
};

QTEST_APPLESS_MAIN(TestTrainerTorch)
#include "tst_trainer_torch.moc"
