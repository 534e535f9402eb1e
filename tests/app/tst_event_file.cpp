// SPDX-License-Identifier: GPL-3.0-or-later
// Event files of TensorBoard's, as others write them and as Ratescope does.
#include "app/study/crc32c.h"
#include "app/study/event_file.h"
#include "app/study/event_records.h"
#include "app/study/event_writer.h"
#include "core/error.h"
#include "tests/app/app_helpers.h"
#include "tests/app/event_bytes.h"
#include "tests/core/problems.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ratescope;
using namespace eventbytes;

namespace {

constexpr double begun = 1'700'000'000.0;

/// `0=2.5 10=2`: what a series holds.
QByteArray textOf(const LoggedSeries& series) {
    QByteArray text;
    for (const LoggedPoint& point : series)
        text += (text.isEmpty() ? "" : " ") + QByteArray::number(quint64(point.step)) + '=' +
                QByteArray::number(point.value, 'g', 12);
    return text;
}

/// A log folder whose files are named as they are everywhere.
class LogFolder {
public:
    LogFolder() { std::filesystem::create_directories(root()); }
    std::filesystem::path root() const { return m_folder.path("logs"); }
    std::filesystem::path write(const std::string& run, const std::string& bytes, int number = 0) const {
        std::filesystem::create_directories(root() / run);
        const auto path = root() / run / ("events.out.tfevents.170000000" + std::to_string(number) + ".host.1.0");
        writeText(path, bytes);
        return path;
    }

private:
    TestFolder m_folder;
};

/// A run of so many steps, with an epoch each ten.
RunRecord trained(std::uint64_t count) {
    RunRecord record;
    record.config = tinyConfig("/nowhere", "a run");
    record.length = {count, 10};
    record.append(someSteps(count));
    for (std::uint64_t step = 10; step <= count; step += 10) {
        const double part = 1.0 / static_cast<double>(step);
        record.epochs.push_back(
            {step / 10, step, 0.1, {0.5, 0.1}, Score{part, 0.25 + part / 4}, static_cast<double>(step)});
    }
    record.trainSeconds = static_cast<double>(count);
    record.state = RunState::Finished;
    return record;
}

void writeRun(const RunRecord& record, const std::filesystem::path& path) {
    FileOutput out(qtText(path));
    writeEvents(record, begun, out);
    out.commit();
}

} // namespace

class TestEventFile : public QObject {
    Q_OBJECT

private slots:
    void checksums_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<quint32>("sum");
        QTest::newRow("nothing") << QByteArray() << 0U; // these are of RFC 3720, appendix B.4
        QTest::newRow("digits") << QByteArray("123456789") << 0xE3069283U;
        QTest::newRow("32 zeros") << QByteArray(32, '\0') << 0x8A9136AAU;
        QTest::newRow("32 ones") << QByteArray(32, '\xFF') << 0x62A8AB43U;
        QByteArray rising;
        for (int i = 0; i < 32; ++i) rising += static_cast<char>(i);
        QTest::newRow("rising") << rising << 0x46DD794EU;
    }
    void checksums() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const quint32, sum);
        const std::string text = bytes.toStdString();
        QCOMPARE(crc32c(text), sum);
        for (std::size_t cut = 0; cut <= text.size(); ++cut)
            QCOMPARE(crc32c(text.substr(cut), crc32c(text.substr(0, cut))), sum);
        QCOMPARE(maskedCrc32c(crc32c(text)), masked(text));
    }

    void formsOfScalars_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        const auto row = [](const char* name, const std::string& first, const std::string& second) {
            QTest::newRow(name) << QByteArray::fromStdString(first) << QByteArray::fromStdString(second);
        };
        row("simple values", simple(begun, 0, "loss", 2.5F), simple(begun + 3, 10, "loss", 2.0F));
        row("tensors of floats", tensor(begun, 0, "loss", 2.5F), tensor(begun + 3, 10, "loss", 2.0F));
        row("tensors of doubles", doubled(begun, 0, "loss", 2.5), doubled(begun + 3, 10, "loss", 2.0));
        const std::string listed = number(1, 1) + single(5, 2.5F); // not packed
        row("a list of floats", valued(begun, 0, text(1, "loss") + text(8, listed)),
            tensor(begun + 3, 10, "loss", 2.0F));
        const std::string whole = number(1, 2) + text(4, raw(2.5));
        row("a double in one", valued(begun, 0, text(1, "loss") + text(8, whole)), simple(begun + 3, 10, "loss", 2.0F));
        row("beside what has no meaning",
            words(begun, "keras", "{}") + simple(begun, 3, "loss/other", 7) + simple(begun, 0, "loss", 2.5F),
            record(real(1, begun) + text(4, "a graph")) + record(real(1, begun) + text(9, std::string(3 << 20, 'x'))) +
                simple(begun, 4, "\xFF\xFE", 7) + valued(begun, 5, text(1, "loss") + text(4, "a picture")) +
                valued(begun, 6, text(1, "loss") + text(8, number(1, 1) + text(4, std::string(12, 'x')))) +
                simple(begun, -1, "loss", 7) + simple(begun + 3, 10, "loss", 2.0F));
    }
    void formsOfScalars() {
        QFETCH(const QByteArray, first);
        QFETCH(const QByteArray, second);
        const LogFolder logs;
        const auto path = logs.write("mine", version(begun - 1) + first.toStdString() + second.toStdString());
        QVERIFY(looksLikeEventFile(readText(path).substr(0, 100)) && hasEventFileName(path));
        const LoggedRun run = readEventFile(path);
        QCOMPARE(run.name, std::string("mine"));
        QCOMPARE(textOf(run.loss), QByteArray("0=2.5 10=2"));
        QCOMPARE(run.loss[0].seconds, 1.0); // since the first event
        QCOMPARE(run.loss[1].seconds, 4.0);
        QVERIFY(!run.stepsAreEpochs && run.rate.empty() && run.epoch.empty());
    }

    void tags_data() {
        QTest::addColumn<QByteArrayList>("tags");
        QTest::addColumn<QByteArray>(
            "series"); ///< which of the tags: loss, rate, loss and accuracy of validation, epoch
        const auto row = [](const char* name, const QByteArrayList& tags, const char* series) {
            QTest::newRow(name) << tags << QByteArray(series);
        };
        row("ours", {"train/loss", "lr", "val/loss", "val/accuracy", "epoch"}, "0 1 2 3 4");
        row("PyTorch's tutorial", {"Loss/train", "Loss/test", "Accuracy/train", "Accuracy/test"}, "0 - 1 3 -");
        row("signs and case", {"Training Loss", "Learning-Rate", "Validation.Loss", "VAL ACC"}, "0 1 2 3 -");
        row("Lightning", {"lr-Adam/pg1", "epoch", "train_loss_epoch", "train_loss_step", "val_loss", "val_acc"},
            "3 0 4 5 1");
        row("Lightning's momentum", {"lr-SGD-momentum", "train_loss", "lr-SGD"}, "1 2 - - -");
        row("Hugging Face",
            {"train/loss", "train/learning_rate", "train/epoch", "eval/loss", "eval/accuracy", "train/train_loss",
             "train/grad_norm"},
            "0 1 3 4 2");
        row("test and validation", {"loss", "test_loss", "val_loss"}, "0 - 2 - -");
        row("only by epochs", {"train_loss_epoch", "valid_loss"}, "0 - 1 - -");
    }
    void tags() {
        QFETCH(const QByteArrayList, tags);
        QFETCH(const QByteArray, series);
        const LogFolder logs;
        std::string bytes = version(begun);
        for (int i = 0; i < tags.size(); ++i) // shares, so that they may be accuracies
            bytes += simple(begun, 1, tags[i].toStdString(), static_cast<float>(i) / 16);
        const LoggedRun run = readEventFile(logs.write("x", bytes));
        QByteArrayList found;
        for (const LoggedSeries* one : {&run.loss, &run.rate, &run.validationLoss, &run.validationAccuracy, &run.epoch})
            found << (one->empty() ? "-" : QByteArray::number(int(std::lround(one->front().value * 16))));
        QCOMPARE(found.join(' '), series);
    }

    void mappings_data() {
        QTest::addColumn<QByteArray>("mapping");
        QTest::addColumn<QByteArray>("loss");
        QTest::addColumn<QByteArray>("rate");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const char* mapping, const char* loss, const char* rate,
                            const char* message = "") {
            QTest::newRow(name) << QByteArray(mapping) << QByteArray(loss) << QByteArray(rate) << QByteArray(message);
        };
        row("a loss", "loss=objective", "1=0.5", "1=0.1");
        row("a rate", "lr=eta", "1=2", "1=0.2");
        row("both", "lr=eta,loss=objective", "1=0.5", "1=0.2");
        row("what is not there", "loss=Objective", "", "",
            "has no tag “Objective” with numbers; it has: loss, lr, objective, eta");
        row("steps", "loss=objective,step=eta", "", "",
            "the mapping names “step”, which events have by themselves; allowed: epoch, loss, lr, val_loss, "
            "val_accuracy");
    }
    void mappings() {
        QFETCH(const QByteArray, mapping);
        QFETCH(const QByteArray, loss);
        QFETCH(const QByteArray, rate);
        QFETCH(const QByteArray, message);
        const LogFolder logs;
        const auto path = logs.write("x", version(begun) + simple(begun, 1, "loss", 2) + simple(begun, 1, "lr", 0.1F) +
                                              simple(begun, 1, "objective", 0.5F) + simple(begun, 1, "eta", 0.2F));
        const LogMapping parsed = parseLogMapping(mapping.toStdString());
        LoggedRun run;
        const std::string error = errorOf([&] { run = readEventFile(path, parsed); });
        QCOMPARE(QByteArray::fromStdString(error),
                 message.isEmpty() ? message : path.string().c_str() + (": " + message));
        QCOMPARE(textOf(run.loss), loss);
        QCOMPARE(textOf(run.rate), rate); // 0.1 and not what a float makes of it
    }

    void orderOfSteps_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("loss");
        const auto row = [](const char* name, const std::string& bytes, const char* loss) {
            QTest::newRow(name) << QByteArray::fromStdString(version(begun) + bytes) << QByteArray(loss);
        };
        const auto at = [](std::int64_t step, float value) { return simple(begun, step, "loss", value); };
        row("the last counts", at(1, 3) + at(2, 2) + at(3, 1) + at(2, 5) + at(3, 4), "1=3 2=5 3=4");
        row("out of order", at(3, 1) + at(1, 3) + at(2, 2), "1=3 2=2 3=1");
        row("a restart", at(1, 3) + at(2, 2) + at(3, 1) + start(begun, 2) + at(2, 5), "1=3 2=5");
        row("not finite", at(1, 3) + at(2, INFINITY) + at(3, NAN), "1=3 2=inf 3=nan");
        row("large", at(std::numeric_limits<std::int64_t>::max(), 3), "9223372036854775807=3");
    }
    void orderOfSteps() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, loss);
        const LogFolder logs;
        QCOMPARE(textOf(readEventFile(logs.write("x", bytes.toStdString())).loss), loss);
    }

    void perCent_data() {
        QTest::addColumn<QByteArray>("values");
        QTest::addColumn<QByteArray>("shares");
        QTest::newRow("shares") << QByteArray("0 0.5 1") << QByteArray("0=0 1=0.5 2=1");
        QTest::newRow("per cent") << QByteArray("0.5 50 100") << QByteArray("0=0.005 1=0.5 2=1");
        QTest::newRow("neither") << QByteArray("0.5 50 101") << QByteArray();
        QTest::newRow("below 0") << QByteArray("0.5 -1") << QByteArray();
        QTest::newRow("with a gap") << QByteArray("0.5 nan 1") << QByteArray("0=0.5 2=1");
    }
    void perCent() {
        QFETCH(const QByteArray, values);
        QFETCH(const QByteArray, shares);
        const LogFolder logs;
        std::string bytes = version(begun) + simple(begun, 0, "loss", 1);
        int step = 0;
        for (const QByteArray& value : values.split(' ')) bytes += simple(begun, step++, "val_acc", value.toFloat());
        QCOMPARE(textOf(readEventFile(logs.write("x", bytes)).validationAccuracy), shares);
    }

    // Keras by batches: losses by steps from 1 on, and figures of epochs by epochs, which find their steps by time.
    void keras() {
        const LogFolder logs;
        std::string training = version(begun) + words(begun, "keras", "{}");
        std::string validation = version(begun + 3.5);
        for (int step = 1; step <= 6; ++step) {
            training += tensor(begun + step, step, "batch_loss", 10.0F - static_cast<float>(step));
            if (step % 3 != 0) continue;
            const int epoch = step / 3 - 1;
            const double end = begun + step + 0.5;
            validation += tensor(end, step, "evaluation_accuracy_vs_iterations", 0.5F);
            training += tensor(end + 0.1, epoch, "epoch_loss", 4.5F);
            training += tensor(end + 0.1, epoch, "epoch_accuracy", 0.25F);
            training += tensor(end + 0.1, epoch, "epoch_learning_rate", epoch == 0 ? 0.1F : 0.01F);
            validation += tensor(end + 0.2, epoch, "epoch_loss", 3.0F + static_cast<float>(epoch));
            validation += tensor(end + 0.2, epoch, "epoch_accuracy", 0.75F);
        }
        logs.write("mnist/train", training);
        logs.write("mnist/validation", validation);
        const std::vector<LoggedRun> runs = readEventFolder(logs.root());
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].name, std::string("mnist"));
        QVERIFY(!runs[0].stepsAreEpochs);
        QCOMPARE(textOf(runs[0].loss), QByteArray("1=9 2=8 3=7 4=6 5=5 6=4"));
        QCOMPARE(textOf(runs[0].validationLoss), QByteArray("3=3 6=4"));
        QCOMPARE(textOf(runs[0].validationAccuracy), QByteArray("3=0.5 6=0.5")); // by steps anyway
        QCOMPARE(textOf(runs[0].rate), QByteArray("1=0.1 4=0.01"));              // from the epoch's beginning on
        QVERIFY(std::abs(runs[0].validationLoss[1].seconds - 6.7) < 1e-6);       // as fine as times since 1970 are
    }
    void kerasByEpochs() {
        const LogFolder logs;
        std::string training = version(begun);
        std::string validation = version(begun);
        for (int epoch = 0; epoch < 3; ++epoch) {
            training += tensor(begun + epoch, epoch, "epoch_loss", 4.0F - static_cast<float>(epoch));
            training += tensor(begun + epoch, epoch, "epoch_learning_rate", 0.1F);
            validation += tensor(begun + epoch, epoch * 100, "evaluation_loss_vs_iterations", 9);
            validation += tensor(begun + epoch, epoch, "epoch_loss", 5.0F - static_cast<float>(epoch));
            validation += tensor(begun + epoch, epoch, "epoch_sparse_categorical_accuracy", 0.5F);
        }
        logs.write("train", training);
        logs.write("validation", validation);
        const std::vector<LoggedRun> runs = readEventFolder(logs.root().string() + "/");
        QCOMPARE(runs.size(), std::size_t(1));
        QCOMPARE(runs[0].name, std::string("logs"));
        QVERIFY(runs[0].stepsAreEpochs);
        QCOMPARE(textOf(runs[0].loss), QByteArray("0=4 1=3 2=2"));
        QCOMPARE(textOf(runs[0].rate), QByteArray("0=0.1 1=0.1 2=0.1"));
        QCOMPARE(textOf(runs[0].validationLoss), QByteArray("0=5 1=4 2=3"));
        QCOMPARE(textOf(runs[0].validationAccuracy), QByteArray("0=0.5 1=0.5 2=0.5"));
        const LogMapping mapping = parseLogMapping("val_loss=train/epoch_loss,loss=validation/epoch_loss");
        QCOMPARE(textOf(readEventFolder(logs.root(), mapping)[0].loss), QByteArray("0=5 1=4 2=3"));
        QCOMPARE(textOf(readEventFolder(logs.root(), mapping)[0].validationLoss), QByteArray("0=4 1=3 2=2"));
        const LogMapping bare = parseLogMapping("val_loss=epoch_loss");
        QCOMPARE(textOf(readEventFolder(logs.root(), bare)[0].validationLoss), QByteArray("0=5 1=4 2=3"));
    }

    // SummaryWriter.add_scalars("loss", {"train": …, "val": …}) writes folders beside the run's own file.
    void addScalars() {
        const LogFolder logs;
        logs.write("Nov22_host", version(begun) + simple(begun, 0, "lr", 0.1F));
        logs.write("Nov22_host/loss_train", version(begun) + simple(begun, 0, "loss", 3) + simple(begun, 1, "loss", 2));
        logs.write("Nov22_host/loss_val", version(begun) + simple(begun, 0, "loss", 4));
        logs.write("Nov22_host/Accuracy_val", version(begun) + simple(begun, 0, "Accuracy", 0.5F));
        logs.write("Nov22_host/loss_other", version(begun) + simple(begun, 7, "loss", 5)); // one to compare with
        const std::vector<LoggedRun> runs = readEventFolder(logs.root());
        QCOMPARE(runs.size(), std::size_t(2));
        QCOMPARE(runs[0].name, std::string("Nov22_host"));
        QCOMPARE(textOf(runs[0].loss), QByteArray("0=3 1=2"));
        QCOMPARE(textOf(runs[0].rate), QByteArray("0=0.1"));
        QCOMPARE(textOf(runs[0].validationLoss), QByteArray("0=4"));
        QCOMPARE(textOf(runs[0].validationAccuracy), QByteArray("0=0.5"));
        QCOMPARE(runs[1].name, std::string("Nov22_host/loss_other"));
        QCOMPARE(textOf(runs[1].loss), QByteArray("7=5"));
    }

    void folders() {
        const LogFolder logs;
        logs.write("", version(begun) + simple(begun, 0, "loss", 1));
        logs.write("b", version(begun + 5) + simple(begun + 6, 1, "loss", 2) + simple(begun + 7, 2, "loss", 2), 1);
        logs.write("b", version(begun) + simple(begun + 1, 0, "loss", 3) + simple(begun + 2, 1, "loss", 3), 0);
        logs.write("a/deep", version(begun) + simple(begun, 0, "loss", 4));
        logs.write("no loss", version(begun) + simple(begun, 0, "hp_metric", 4));
        logs.write("just begun", "");
        logs.write("0/1/2/3/4/5/6/7/8/9", version(begun) + simple(begun, 0, "loss", 5)); // too deep
        writeText(logs.root() / "notes.txt", "not of events");
        std::filesystem::create_directory_symlink(logs.root() / "b", logs.root() / "c");
        std::filesystem::create_symlink("/dev/zero", logs.root() / "tfevents.zero");
        const std::vector<LoggedRun> runs = readEventFolder(logs.root());
        QByteArrayList names;
        for (const LoggedRun& run : runs) names << QByteArray::fromStdString(run.name);
        QCOMPARE(names.join(' '), QByteArray("logs a/deep b"));
        QCOMPARE(textOf(runs[2].loss), QByteArray("0=3 1=2 2=2")); // the later file counts
        QCOMPARE(runs[2].loss[2].seconds, 7.0);
    }

    void refused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const std::string& bytes, const char* message) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QByteArray(message);
        };
        row("empty", "", "has no tag for the loss of training, such as train/loss; it has none");
        row("another file", "this is no event file at all", "the record at byte 0 has a wrong checksum");
        row("no event", version(begun) + record("\x0F"), "the record at byte 40 is no event of TensorBoard's");
        row("other tags",
            version(begun) + simple(begun, 0, "reward", 1) + simple(begun, 0, "a\nb", 1) +
                simple(begun, 1, "reward", 1),
            "has no tag for the loss of training, such as train/loss; it has: reward, a b");
        std::string many = version(begun);
        QByteArray names;
        for (int i = 0; i < 100; ++i) {
            many += simple(begun, 0, "t" + std::to_string(i), 1);
            if (i < 20) names += (i == 0 ? "t" : ", t") + QByteArray::number(i);
        }
        row("many tags", many, "has no tag for the loss of training, such as train/loss; it has: " + names + ", …");
    }
    void refused() {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QByteArray, message);
        const LogFolder logs;
        const auto path = logs.write("x", bytes.toStdString());
        QCOMPARE(QByteArray::fromStdString(errorOf([&] { readEventFile(path); })),
                 path.string().c_str() + (": " + message));
    }
    void noFiles() {
        const LogFolder logs;
        const std::string root = logs.root().string();
        QCOMPARE(errorOf([&] { readEventFile(root); }), root + ": is a folder; expected a file");
        QCOMPARE(errorOf([&] { readEventFile(root + "/x"); }), root + "/x: does not exist");
        QCOMPARE(errorOf([] { readEventFile("/dev/zero"); }), std::string("/dev/zero: is not an ordinary file"));
        QCOMPARE(errorOf([&] { readEventFolder(root); }),
                 root + ": is a folder without event files, which have tfevents in their names");
        QVERIFY(hasText(errorOf([&] { readEventFolder(root + "/x"); }), "/x: cannot be opened: "));
        const auto huge = logs.write("", "");
        std::filesystem::resize_file(huge, (std::uintmax_t(256) << 20) + 1); // a hole
        QCOMPARE(errorOf([&] { readEventFile(huge); }), huge.string() + ": is over 256 MiB large; allowed: 256 MiB");
        for (int i = 1; i < 5; ++i) std::filesystem::resize_file(logs.write("", "", i), std::uintmax_t(256) << 20);
        QCOMPARE(errorOf([&] { readEventFolder(root); }),
                 root + ": holds over 1024 MiB of events; choose a folder in it");
    }

    // Wherever it ends, everything before is there and nothing else.
    void cutAnywhere() {
        const LogFolder logs;
        const std::string head = version(begun) + simple(begun, 0, "loss", 4);
        const std::string second = simple(begun, 1, "loss", 3);
        const std::string whole = head + second + simple(begun, 2, "loss", 2);
        for (std::size_t size = 0; size <= whole.size(); ++size) {
            const auto path = logs.write("x", whole.substr(0, size));
            if (size < head.size()) {
                QVERIFY(hasText(errorOf([&] { readEventFile(path); }), "has no tag"));
                continue;
            }
            const char* const expected = size == whole.size()                  ? "0=4 1=3 2=2"
                                         : size >= head.size() + second.size() ? "0=4 1=3"
                                                                               : "0=4";
            QCOMPARE(textOf(readEventFile(path).loss), QByteArray(expected));
        }
    }
    // Whatever byte is another: it is found, and named by the record that it is in.
    void damagedAnywhere() {
        const LogFolder logs;
        const std::string parts[] = {version(begun), simple(begun, 0, "loss", 4), tensor(begun, 1, "loss", 3),
                                     record(real(1, begun) + text(9, std::string(2 << 20, 'x')))}; // goes by in pieces
        std::string whole;
        for (const std::string& part : parts) whole += part;
        std::size_t begin = 0;
        for (const std::string& part : parts) {
            const std::size_t stride = part.size() > 1000 ? part.size() / 7 : 1;
            for (std::size_t at = begin; at < begin + part.size(); at += stride)
                for (const int bit : {0, 3, 7}) {
                    std::string damaged = whole;
                    damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
                    const auto path = logs.write("x", damaged);
                    QCOMPARE(errorOf([&] { readEventFile(path); }),
                             path.string() + ": the record at byte " + std::to_string(begin) + " has a wrong checksum");
                }
            begin += part.size();
        }
    }

    // Forms that take much where a reader is careless; work or memory without bounds would end the test.
    void hostile_data() {
        QTest::addColumn<QByteArray>("repeated");
        QTest::addColumn<int>("megabytes");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* name, const std::string& repeated, int megabytes, const char* message) {
            QTest::newRow(name) << QByteArray::fromStdString(repeated) << megabytes << QByteArray(message);
        };
        const std::string huge = raw(std::numeric_limits<std::uint64_t>::max());
        row("a huge length", huge + raw(masked(huge)), 1, "it has none");
        row("records of nothing", record(""), 250, "it has none");
        std::string values;
        for (int i = 0; i < 400'000; ++i) values += text(1, "");
        row("values of nothing", record(text(5, values)), 100, "holds too many values; allowed: 20 million");
        std::string deep;
        for (int i = 0; i < 5'000; ++i) deep += "\x0B"; // groups in groups
        row("groups in groups", record(deep), 1, "is no event of TensorBoard's");
        std::string tags;
        for (int i = 0; i < 10'001; ++i) tags += simple(begun, 0, "lr-" + std::to_string(i), 1);
        row("tags", tags, 1, "holds over 10000 tags; allowed: at most as many");
        row("long tags", simple(begun, 0, "lr-" + std::string(500'000, 'x'), 1), 100, "it has none");
        std::string points;
        for (int i = 0; i < 20'000; ++i) points += text(1, text(1, "loss") + single(2, 1));
        row("points", record(text(5, points)), 80, "holds over 5000000 points; allowed: at most as many");
    }
    void hostile() {
        QFETCH(const QByteArray, repeated);
        QFETCH(const int, megabytes);
        QFETCH(const QByteArray, message);
        const LogFolder logs;
        const auto path = logs.write("x", "");
        {
            std::ofstream file(path, std::ios::binary);
            for (qint64 size = 0; size < qint64(megabytes) << 20; size += repeated.size())
                file.write(repeated.constData(), repeated.size());
        }
        const std::string error = errorOf([&] { readEventFile(path); });
        QVERIFY2(hasText(error, message.toStdString()) && error.size() < 500, error.c_str());
    }

    void writtenAndRead_data() {
        QTest::addColumn<int>("steps");
        for (const int steps : {1, 2, 25, 100'000}) QTest::addRow("%d", steps) << steps;
    }
    void writtenAndRead() {
        QFETCH(const int, steps);
        const RunRecord record = trained(static_cast<std::uint64_t>(steps));
        const LogFolder logs;
        const auto path = logs.root() / eventFileName(1'700'000'000);
        QCOMPARE(path.filename().string(), std::string("events.out.tfevents.1700000000.ratescope"));
        writeRun(record, path);
        const LoggedRun run = readEventFile(path);
        QCOMPARE(run.loss.size(), record.losses.size());
        QCOMPARE(run.rate.size(), record.rates.size());
        for (std::size_t i = 0; i < record.losses.size(); ++i) {
            QCOMPARE(run.loss[i].step, quint64(i));
            QCOMPARE(static_cast<float>(run.loss[i].value), record.losses[i]);
            QCOMPARE(static_cast<float>(run.rate[i].value), static_cast<float>(record.rates[i]));
            QCOMPARE(run.loss[i].seconds, static_cast<double>(i + 1));
        }
        QCOMPARE(run.validationLoss.size(), record.epochs.size());
        for (std::size_t i = 0; i < record.epochs.size(); ++i) {
            const EpochMetrics& epoch = record.epochs[i];
            QCOMPARE(run.validationLoss[i].step, epoch.step);
            QCOMPARE(static_cast<float>(run.validationLoss[i].value), static_cast<float>(epoch.validation->loss));
            QCOMPARE(static_cast<float>(run.validationAccuracy[i].value),
                     static_cast<float>(1.0 - epoch.validation->error));
            QCOMPARE(run.epoch[i].step, epoch.step);
            QCOMPARE(run.epoch[i].value, static_cast<double>(epoch.epoch));
            QCOMPARE(run.epoch[i].seconds, epoch.seconds);
        }
    }

    // As another reader sees it, byte by byte.
    void writtenForOthers() {
        RunRecord record = trained(12);
        record.losses[11] = std::numeric_limits<float>::infinity();
        record.trainSeconds = 14.0;
        const LogFolder logs;
        writeRun(record, logs.root() / "tfevents");
        const std::string bytes = readText(logs.root() / "tfevents");
        Reader reader(bytes);
        const std::vector<Scalar> scalars = reader.read();
        QVERIFY(reader.atEnd());
        QCOMPARE(reader.version(), std::string("brain.Event:2"));
        QCOMPARE(reader.records(), std::size_t(1 + 12 + 1));
        QCOMPARE(scalars.size(), std::size_t(2 * 12 + 3));
        double before = begun;
        QByteArrayList last;
        for (const Scalar& one : scalars) {
            QVERIFY(one.wallTime >= before);
            before = one.wallTime;
            if (one.step >= 10)
                last << QByteArray::number(qint64(one.step)) + ' ' + one.tag.c_str() + ' ' +
                            QByteArray::number(double(one.value), 'g', 4) + " after " +
                            QByteArray::number(one.wallTime - begun);
        }
        QCOMPARE(last.join('\n'), QByteArray("10 epoch 1 after 10\n"
                                             "10 val/loss 0.1 after 10\n"
                                             "10 val/accuracy 0.725 after 10\n"
                                             "10 train/loss 0.1818 after 12\n"
                                             "10 lr 0.07692 after 12\n"
                                             "11 train/loss inf after 14\n"
                                             "11 lr 0.07143 after 14"));
    }
    void rangeTest() {
        RunRecord record = trained(3);
        record.config.rangeTest.emplace();
        record.validations = {{1.5, 0.5}, {1.25, 0.25}};
        const LogFolder logs;
        writeRun(record, logs.root() / "tfevents");
        const LoggedRun run = readEventFile(logs.root() / "tfevents");
        QCOMPARE(textOf(run.validationLoss), QByteArray("0=1.5 1=1.25"));
        QCOMPARE(textOf(run.validationAccuracy), QByteArray("0=0.5 1=0.75"));
        QCOMPARE(run.loss.size(), std::size_t(3));
    }
    /// A log that came from elsewhere, of some of its steps alone and without rates.
    void writtenLog() {
        const LogFolder logs;
        RunRecord record = trained(3);
        record.origin = QStringLiteral("imported from log.csv");
        record.length = {1000, 100};
        record.rates.clear();
        record.stepNumbers = {4, 150, 999};
        const double unknown = std::nan("");
        record.epochs = {{1, 100, unknown, {unknown, unknown}, Score{0.5, unknown}, unknown},
                         {2, 140, unknown, {unknown, unknown}, Score{unknown, 0.25}, 30.0}};
        record.trainSeconds = 100.0;
        writeRun(record, logs.root() / "tfevents");
        const std::string bytes = readText(logs.root() / "tfevents");
        Reader reader(bytes);
        QByteArrayList found;
        for (const Scalar& one : reader.read())
            found << QByteArray::number(qint64(one.step)) + ' ' + one.tag.c_str() + ' ' +
                         QByteArray::number(double(one.value), 'g', 4) + " after " +
                         QByteArray::number(one.wallTime - begun, 'g', 4);
        QVERIFY(reader.atEnd());
        QCOMPARE(found.join('\n'), QByteArray("4 train/loss 2 after 0\n"
                                              "100 epoch 1 after 0\n"
                                              "100 val/loss 0.5 after 0\n"
                                              "140 epoch 2 after 30\n"
                                              "140 val/accuracy 0.75 after 30\n"
                                              "150 train/loss 1 after 30.9\n"
                                              "999 train/loss 0.6667 after 100"));
    }

    void emptyRun() {
        const LogFolder logs;
        writeRun(RunRecord(), logs.root() / "tfevents");
        const std::string bytes = readText(logs.root() / "tfevents");
        Reader reader(bytes);
        QCOMPARE(reader.read().size(), std::size_t(0));
        QCOMPARE(reader.records(), std::size_t(1));
    }
};

QTEST_APPLESS_MAIN(TestEventFile)
#include "tst_event_file.moc"
