// SPDX-License-Identifier: GPL-3.0-or-later
// Runs that cannot start from what they name: each says why, and nobody waits for what never comes.
#include "tests/app/controller_fixture.h"
#include "tests/app/trained_alone.h"

#include <functional>
#include <limits>

using namespace ratescope;

class TestRunSourcesFaults : public ControllerFixture {
    Q_OBJECT

private slots:
    void init() { restart(8); }
    void cleanup() { m_controller.reset(); }

    void sources_data();
    void sources();
    void takesThoseWithItThatWait_data();
    void takesThoseWithItThatWait();
    void circles_data();
    void circles();
    void circleBesideTheOthers();
    void removedWhileTheOtherWaits();
    void files_data();
    void files();
    void fileThatIsGone();
    void shapes();
    void weightsThatAreGone();

private:
    RunConfig config(const std::string& name, const std::string& source = {}) const {
        RunConfig config = tinyConfig(m_data, name);
        if (!source.empty()) config.startFrom = StartFromSpec{source, {}, false};
        return config;
    }
    RunId add(const std::string& name, const std::string& source = {}) {
        return m_controller->add(config(name, source));
    }
    RunConfig wild(const std::string& name) const {
        RunConfig config = tinyConfig(m_data, name, 1e6);
        config.network = parseLayerList("dense 30, relu, dense 30, relu, dense 10");
        config.duration.epochs = 50;
        return config;
    }
};

void TestRunSourcesFaults::sources_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("message");
    QTest::newRow("not there") << "none"
                               << "Starts from “source”, which is not among the runs";
    QTest::newRow("diverges") << "wild"
                              << "Starts from “source”, which diverged and left no weights";
    QTest::newRow("fails") << "failing"
                           << "Starts from “source”, which failed";
    QTest::newRow("a range test") << "test"
                                  << "Starts from “source”, which is a range test and leaves no weights";
    QTest::newRow("removed") << "removed"
                             << "Starts from “source”, which is not among the runs";
}

void TestRunSourcesFaults::sources() {
    QFETCH(const QString, kind);
    QFETCH(const QString, message);
    const RunId dependent = add("a", "source");
    const RunId good = add("good");
    RunConfig source = kind == QLatin1String("wild") ? wild("source") : config("source");
    if (kind == QLatin1String("failing")) source.data = m_folder.path("nowhere").string();
    if (kind == QLatin1String("test")) source.rangeTest = RangeTestSpec{.from = 1e-3, .to = 1e-2, .steps = 10};
    if (kind != QLatin1String("none")) {
        const RunId id = m_controller->add(source);
        if (kind == QLatin1String("removed")) m_controller->remove(id);
    }
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(dependent)->state, RunState::Failed);
    QCOMPARE(run(dependent)->message, message);
    QCOMPARE(run(dependent)->stepCount(), std::uint64_t(0));
    QCOMPARE(run(good)->state, RunState::Finished);
}

void TestRunSourcesFaults::takesThoseWithItThatWait_data() {
    QTest::addColumn<QString>("order");
    QTest::addColumn<bool>("fails");
    for (const char* order : {"sabc", "cbas", "bsca", "acsb"})
        for (const bool fails : {false, true})
            QTest::addRow("%s, the source %s", order, fails ? "cannot start" : "diverges") << order << fails;
}

void TestRunSourcesFaults::takesThoseWithItThatWait() {
    QFETCH(const QString, order);
    QFETCH(const bool, fails);
    // c starts from b, b from a, a from s, wherever they stand in the list.
    std::map<char, RunId> ids;
    for (const char name : order.toStdString()) {
        RunConfig one =
            name == 's' ? wild("s")
                        : config(std::string(1, name), name == 'a' ? "s" : std::string(1, static_cast<char>(name - 1)));
        if (name == 's' && fails) one.startFrom = StartFromSpec{"nobody", {}, false};
        ids[name] = m_controller->add(one);
    }
    m_controller->start(ids['c']);
    QVERIFY(waitIdle());
    QVERIFY(!m_controller->anyActive());
    QCOMPARE(run(ids['s'])->state, fails ? RunState::Failed : RunState::Diverged);
    for (const char name : {'a', 'b', 'c'}) QCOMPARE(run(ids[name])->state, RunState::Failed);
    QCOMPARE(run(ids['c'])->message, QStringLiteral("Starts from “b”, which failed"));
}

void TestRunSourcesFaults::circles_data() {
    QTest::addColumn<int>("size");
    for (const int size : {1, 2, 3, 20}) QTest::addRow("of %d", size) << size;
}

void TestRunSourcesFaults::circles() {
    QFETCH(const int, size);
    std::vector<RunId> ids;
    for (int i = 0; i < size; ++i) ids.push_back(add("r" + std::to_string(i)));
    for (int i = 0; i < size; ++i) { // as somebody edits them
        RunConfig edited = run(ids[static_cast<std::size_t>(i)])->config;
        edited.startFrom = StartFromSpec{"r" + std::to_string((i + 1) % size), {}, false};
        QVERIFY(m_controller->setConfig(ids[static_cast<std::size_t>(i)], edited).empty());
    }
    m_controller->startAll();
    QVERIFY(!m_controller->anyActive());
    QCOMPARE(run(ids[0])->message, QStringLiteral("Runs start from each other in a circle"));
    for (const RunId id : ids) QCOMPARE(run(id)->state, RunState::Failed);
}

void TestRunSourcesFaults::circleBesideTheOthers() {
    const RunId a = add("a", "b");
    const RunId b = add("b", "c");
    const RunId c = add("c", "b");
    const RunId good = add("good");
    const RunId follower = add("follower", "good");
    m_controller->startAll();
    QVERIFY(waitIdle());
    for (const RunId id : {a, b, c}) QCOMPARE(run(id)->state, RunState::Failed);
    for (const RunId id : {good, follower}) QCOMPARE(run(id)->state, RunState::Finished);
}

void TestRunSourcesFaults::removedWhileTheOtherWaits() {
    restart(1);
    const RunId busy = addEndless("busy");
    m_controller->start(busy);
    const RunId source = add("source");
    const RunId dependent = add("dependent", "source");
    const RunId last = add("last", "dependent");
    m_controller->startAll();
    for (const RunId id : {source, dependent, last}) QCOMPARE(run(id)->state, RunState::Waiting);
    QVERIFY(!m_controller->remove(source)); // not as long as it waits
    m_controller->stop(source);
    QVERIFY(m_controller->remove(source));
    m_controller->stop(busy);
    QVERIFY(waitIdle());
    QCOMPARE(run(dependent)->state, RunState::Failed);
    QCOMPARE(run(dependent)->message, QStringLiteral("Starts from “source”, which is not among the runs"));
    QCOMPARE(run(last)->state, RunState::Failed);
}

void TestRunSourcesFaults::files_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("part");
    const auto file = [](const std::vector<Tensor>& tensors) {
        const std::string bytes = writeSafetensors(tensors);
        return QByteArray(bytes.data(), static_cast<qsizetype>(bytes.size()));
    };
    const std::vector<float> zeros(200, 0.0F);
    const std::vector<float> ten(10, 0.0F);
    QTest::newRow("empty") << QByteArray() << "w.safetensors: ";
    QTest::newRow("text") << QByteArray("weights") << "w.safetensors: ";
    QTest::newRow("no weights") << file({})
                                << "w.safetensors: holds no weights named “0.weight”, which this network has";
    QTest::newRow("no bias") << file({{"0.weight", {10, 20}, zeros}})
                             << "w.safetensors: holds no weights named “0.bias”";
    QTest::newRow("turned") << file({{"0.weight", {20, 10}, zeros}, {"0.bias", {10}, ten}})
                            << "w.safetensors: “0.weight” is 20 × 10; this network's is 10 × 20";
    QTest::newRow("another layer's") << file({{"2.weight", {10, 20}, zeros}, {"2.bias", {10}, ten}})
                                     << "holds no weights named “0.weight”";
    std::vector<float> bad = zeros;
    bad[7] = std::numeric_limits<float>::infinity();
    QTest::newRow("infinite") << file({{"0.weight", {10, 20}, bad}, {"0.bias", {10}, ten}})
                              << "w.safetensors: holds weights that are not finite";
    QTest::newRow("4 MiB of zeros") << QByteArray(4 << 20, '\0')
                                    << "w.safetensors: is 4 MiB large, far more than the weights of this network";
}

void TestRunSourcesFaults::files() {
    QFETCH(const QByteArray, content);
    QFETCH(const QString, part);
    const auto path = m_folder.path("w.safetensors");
    writeText(path, content.toStdString());
    RunConfig broken = config("a");
    broken.startFrom = StartFromSpec{{}, path.string(), false};
    const RunId id = m_controller->add(broken);
    const RunId good = add("b");
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Failed);
    QVERIFY2(run(id)->message.startsWith(qtText(m_folder.path())) && run(id)->message.contains(part),
             qPrintable(run(id)->message));
    QCOMPARE(run(id)->stepCount(), std::uint64_t(0));
    QCOMPARE(run(good)->state, RunState::Finished);
}

void TestRunSourcesFaults::fileThatIsGone() {
    RunConfig broken = config("a");
    broken.startFrom = StartFromSpec{{}, m_folder.path("gone.safetensors").string(), false};
    const RunId id = m_controller->add(broken);
    m_controller->start(id);
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Failed);
    QVERIFY2(run(id)->message.contains(QStringLiteral("gone.safetensors")), qPrintable(run(id)->message));
}

void TestRunSourcesFaults::shapes() {
    // Of another run: its network is not this one's; a new head helps where the last layer alone differs.
    RunConfig wide = config("wide");
    wide.network = parseLayerList("dense 8, relu, dense 7, relu, dense 10");
    const RunId source = m_controller->add(wide);
    RunConfig other = config("other", "wide");
    other.network = parseLayerList("dense 8, relu, dense 10");
    const RunId dependent = m_controller->add(other);
    other.name = "head";
    other.startFrom->newHead = true;
    const RunId head = m_controller->add(other);
    m_controller->startAll();
    QVERIFY(waitIdle());
    QCOMPARE(run(source)->state, RunState::Finished);
    QCOMPARE(run(dependent)->state, RunState::Failed);
    QCOMPARE(run(dependent)->message, QStringLiteral("start_from: “wide”: “2.weight” is 7 × 8; this network's is 10 × "
                                                     "8 (new_head would begin the last layer anew)"));
    QCOMPARE(run(head)->state, RunState::Finished);
}

void TestRunSourcesFaults::weightsThatAreGone() {
    // A study whose weights somebody took out, or that never held any.
    RunRecord record;
    static_cast<RunHeader&>(record) = tinyHeader(0, "bare");
    record.state = RunState::Finished;
    StudyStore store;
    store.open(m_folder.path("bare.ratescope"));
    restart(8, &store);
    m_controller->adopt(record, false);
    const RunId id = add("a", "bare");
    m_controller->start(id);
    QVERIFY(waitIdle());
    QCOMPARE(run(id)->state, RunState::Failed);
    QCOMPARE(run(id)->message, QStringLiteral("start_from: the weights of “bare” are not in the study any more"));
    m_controller.reset();
}

QTEST_GUILESS_MAIN(TestRunSourcesFaults)
#include "tst_run_sources_faults.moc"
