// SPDX-License-Identifier: GPL-3.0-or-later
#include "network_examples.h"

#include <QTest>

using namespace ratescope;

namespace {

constexpr const char* layers =
    "conv2d 5 3, relu, maxpool 2, dropout 0.25, conv2d 17 2, tanh, flatten, dense 37, relu, dense 140, sigmoid, dense 10";
constexpr std::size_t weightLayers = 5;
constexpr float untouched = 7.25F;

/// Gradients of one step, with `untouched` wherever nothing was written.
Network stepped(const std::vector<bool>& trained, const Network::Batch& batch, WorkerTeam& team,
                const Network::RangeDone& moved = {}) {
    NetworkUse use = useFor(batch.samples.size());
    use.trained = trained;
    Network network = makeNetwork(layers, batch.set.rows, batch.set.columns, use);
    for (const ParameterView& view : network.parameters()) std::ranges::fill(view.gradients, untouched);
    network.forwardBackward(batch, team, 3);
    network.finishGradients(batch, team, moved);
    return network;
}

std::vector<bool> flags(std::uint32_t bits) {
    std::vector<bool> trained;
    for (std::size_t i = 0; i < weightLayers; ++i) trained.push_back((bits >> i & 1U) != 0);
    return trained;
}

} // namespace

class TestNetworkFreezing : public QObject {
    Q_OBJECT

private slots:
    void frozenLayers_data() {
        QTest::addColumn<quint32>("trained");
        for (quint32 bits = 0; bits < 1U << weightLayers; ++bits) {
            QString title;
            for (const bool trained : flags(bits)) title += trained ? "trained " : "frozen ";
            QTest::newRow(title.toUtf8()) << bits;
        }
    }
    // What is trained gets the gradients that it would get if all were; the rest is not even looked at.
    void frozenLayers() {
        QFETCH(quint32, trained);
        const SampleSet set = makeImages(33, 10, 9, 3);
        const std::vector<std::uint32_t> samples = backwards(33);
        const Network::Batch batch{set, samples};
        WorkerTeam team(3);
        team.use(2);
        const Network all = stepped({}, batch, team);
        const Network some = stepped(flags(trained), batch, team);
        QVERIFY(weightBits(some) == weightBits(all));
        for (std::size_t t = 0; t < all.parameters().size(); ++t) {
            const ParameterView& found = some.parameters()[t];
            if ((trained >> found.layer & 1U) != 0)
                QVERIFY2(std::ranges::equal(found.gradients, all.parameters()[t].gradients), found.name.c_str());
            else
                QVERIFY2(std::ranges::count(found.gradients, untouched) == std::ptrdiff_t(found.gradients.size()),
                         found.name.c_str());
        }
    }

    void everyFloatIsFinishedOnce_data() {
        QTest::addColumn<QString>("network");
        QTest::addColumn<quint32>("trained");
        for (quint32 bits = 0; bits < 1U << weightLayers; ++bits) QTest::addRow("convolutions %u", bits) << layers << bits;
        // Layers that are finished in several tasks each.
        for (quint32 bits = 1; bits < 8; ++bits)
            QTest::addRow("wide %u", bits) << "dense 500, relu, dense 130, tanh, dense 10" << bits;
    }
    void everyFloatIsFinishedOnce() {
        QFETCH(QString, network);
        QFETCH(quint32, trained);
        for (const SampleSet& set : {makeImages(20, 10, 9, 3), withSparsePixels(makeImages(20, 10, 9, 3, 30))}) {
            WorkerTeam team(3);
            for (const unsigned workers : {1U, 3U}) {
                team.use(workers);
                const auto [wanted, times] = finished(network.toStdString(), trained, set, team);
                QVERIFY(times == wanted);
            }
        }
    }

    // The gradient of a stretch is complete by the time its weights may move, and moving them disturbs nobody else.
    void movingWeightsOnTheWay() {
        const SampleSet set = makeImages(33, 10, 9, 3);
        const std::vector<std::uint32_t> samples = backwards(33);
        const Network::Batch batch{set, samples};
        WorkerTeam team(3);
        for (const unsigned workers : {1U, 3U}) {
            team.use(workers);
            const Network still = stepped({}, batch, team);
            const Network moved =
                stepped({}, batch, team, [](const ParameterView& view, std::size_t first, std::size_t count) {
                    for (std::size_t i = first; i < first + count; ++i) view.values[i] -= 0.5F * view.gradients[i];
                });
            QVERIFY(gradientBits(moved) == gradientBits(still));
            for (std::size_t t = 0; t < still.parameters().size(); ++t) {
                const ParameterView& before = still.parameters()[t];
                const ParameterView& after = moved.parameters()[t];
                for (std::size_t i = 0; i < before.values.size(); ++i)
                    QVERIFY(std::abs(after.values[i] - (before.values[i] - 0.5F * before.gradients[i])) <= 1e-6F);
            }
        }
    }

    void frozenWeightsStayOverSteps() {
        const SampleSet set = makeImages(33, 10, 9, 3);
        const std::vector<std::uint32_t> samples = backwards(33);
        WorkerTeam team;
        NetworkUse use = useFor(33);
        use.trained = flags(0b10010);
        Network network = makeNetwork(layers, 10, 9, use);
        const Network before = makeNetwork(layers, 10, 9, use);
        for (std::uint64_t step = 0; step < 3; ++step) {
            network.forwardBackward({set, samples}, team, step);
            network.finishGradients({set, samples}, team,
                                    [](const ParameterView& view, std::size_t first, std::size_t count) {
                                        for (std::size_t i = first; i < first + count; ++i)
                                            view.values[i] -= 0.1F * view.gradients[i];
                                    });
        }
        for (std::size_t t = 0; t < before.parameters().size(); ++t) {
            const ParameterView& view = before.parameters()[t];
            QCOMPARE(std::ranges::equal(view.values, network.parameters()[t].values), view.layer != 1 && view.layer != 4);
        }
    }

private:
    struct Finished {
        std::vector<std::uint8_t> wanted;
        std::vector<std::uint8_t> times; // bytes of different workers do not disturb each other
    };
    /// How often each float is named as finished, and how often it should be.
    static Finished finished(const std::string& list, std::uint32_t trained, const SampleSet& set, WorkerTeam& team) {
        const std::vector<std::uint32_t> samples = backwards(set.size());
        NetworkUse use = useFor(set.size());
        use.trained = flags(trained);
        use.trained.resize(weightLayerCount(parseLayerList(list)));
        Network network = makeNetwork(list, set.rows, set.columns, use);
        Finished result;
        result.wanted.resize(network.parameterFloats());
        result.times.resize(network.parameterFloats());
        for (const ParameterView& view : network.parameters())
            if (use.trained[view.layer]) std::fill_n(&result.wanted[view.offset], view.values.size(), std::uint8_t(1));
        network.forwardBackward({set, samples}, team);
        network.finishGradients({set, samples}, team, [&](const ParameterView& view, std::size_t first, std::size_t count) {
            for (std::size_t i = first; i < first + count; ++i) ++result.times[view.offset + i];
        });
        return result;
    }
};

QTEST_APPLESS_MAIN(TestNetworkFreezing)
#include "tst_network_freezing.moc"
