// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the seeds that are no text: make_fuzz_seeds tests/fuzz/corpus. To be run again where a format has become another;
// the seeds that it wrote before stay good for something, as files of older formats.
#include "app/study/event_writer.h"
#include "app/study/file_output.h"
#include "app/study/picture_experiment.h"
#include "tests/app/event_bytes.h"
#include "tests/app/study_fixture.h"
#include "tests/fuzz/fuzz_study.h"

#include <QBuffer>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSvgGenerator>

#include <bit>
#include <iostream>

using namespace ratescope;
namespace fs = std::filesystem;

namespace {

/// Small pages, for seeds are to be small.
void shrink(const fs::path& study) {
    tool(study).execute("PRAGMA page_size=512; VACUUM");
}

RunRecord shortRecord(const std::string& name, RunState state) {
    RunRecord record = fullRecord(name, state);
    record.length = {40, 10};
    record.rates.resize(12);
    record.losses.resize(12);
    record.epochs.resize(1);
    record.epochs[0].step = 10;
    record.result.steps = 12;
    if (record.result.divergedAt) record.result.divergedAt = 12;
    return record;
}

RateChange change() {
    RateChange drag{.step = 2, .before = 0.1, .after = 0.2, .cause = RateCause::Hand, .gesture = 1, .lastStep = 5};
    drag.schedule = RunConfig::constantSchedule(0.2);
    return drag;
}

RunRecord growingRecord() {
    RunRecord run = shortRecord("grows", RunState::Cancelled);
    run.config.schedule = {"step", TimeUnit::Epoch, {}};
    run.config.schedule.values.set("lr", 0.1);
    run.config.schedule.values.set("period", 1);
    run.config.schedule.values.set("factor", 0.5);
    run.config.schedule.batchGrowth = true;
    run.config.duration.epochs = 4;
    run.length = lengthOf(run.config, 160);
    return run;
}

RunRecord loggedRecord() {
    RunRecord log;
    log.config.name = "logged elsewhere";
    log.config.validation = 0.0;
    log.config.batchSize = 1;
    log.config.duration.steps = 1000;
    log.origin = QStringLiteral("imported from log.csv");
    log.state = RunState::Finished;
    log.length = {1000, 100, nullptr, 100};
    log.stepNumbers = {3, 50, 999};
    log.losses = {1.0F, 0.5F, 0.25F};
    log.epochs = {{1, 100, std::nan(""), {std::nan(""), std::nan("")}, Score{0.5, std::nan("")}, std::nan("")}};
    return log;
}

void writeStudies(const fs::path& folder) {
    const fs::path newest = folder / "format5.ratescope";
    fs::remove(newest);
    {
        StudyFile study(newest, StudyFile::Access::Write);
        RunRecord changed = shortRecord("a", RunState::Finished);
        changed.changes = {change()};
        const StudyFile::Row row = study.addWhole(changed);
        study.setWeights(row, {{{"0.weight", {2, 3}, {1, 2, 3, 4, 5, 6}}, {"0.bias", {2}, {0.5F, -0.5F}}},
                               {{10, {{"0.bias", {2}, {1, 2}}}}}});
        Checkpoint state = fuzz::smallCheckpoint();
        state.weights.step = 10;
        study.setCheckpoint(row, state);
        RunRecord test = shortRecord("find", RunState::Diverged);
        test.config.rangeTest = RangeTestSpec{.steps = 40, .validation = 5};
        test.validations.assign(12, Score{0.5, 0.1});
        study.addWhole(test);
        study.addWhole(growingRecord());
        study.addWhole(loggedRecord());
        study.setText("title", "Title");
        study.setText("layout", R"({"view":{"smoothing":0.5}})");
        study.settle();
    }
    for (const int version : {4, 3, 2}) {
        const fs::path old = folder / ("format" + std::to_string(version) + ".ratescope");
        fs::copy_file(newest, old, fs::copy_options::overwrite_existing);
        SqliteDatabase database = tool(old);
        database.execute("DROP TABLE checkpoint; DELETE FROM step WHERE lr IS NULL; DELETE FROM epoch WHERE lr IS NULL;"
                         "DELETE FROM run WHERE origin != ''");
        if (version < 4) database.execute("DROP TABLE range_validation; ALTER TABLE run DROP COLUMN origin");
        if (version < 3) database.execute("DROP TABLE rate_change");
        database.execute("PRAGMA user_version=" + std::to_string(version));
    }
    for (const auto& entry : fs::directory_iterator(folder)) shrink(entry.path());
    const fs::path log = folder / "wal.ratescope"; // as it lies there while it is written
    fs::copy_file(newest, log, fs::copy_options::overwrite_existing);
    tool(log).execute("PRAGMA journal_mode=WAL");
}

void writeStates(const fs::path& folder) {
    const auto text = [](const StoredCheckpoint& stored) { return stored.state + '\0' + stored.tensors; };
    writeText(folder / "written", text(storeCheckpoint(fuzz::smallCheckpoint())));
    Checkpoint least;
    least.weights = {20, {1.0F}};
    writeText(folder / "least", text(storeCheckpoint(least)));
    writeText(folder / "no_tensors", storeCheckpoint(least).state);
}

void put(const fs::path& path, const Bytes& bytes) {
    writeText(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

void writeIdx(const fs::path& folder) {
    put(folder / "images", idxImages(3, 4, 5));
    put(folder / "labels", idxLabels(30));
    put(folder / "images.gz", gzipped(idxImages(3, 4, 5)));
    put(folder / "labels.gz", gzipped(idxLabels(30)));
    put(folder / "empty.gz", gzipped({}));
    put(folder / "promises", words({0x803, 1'000'000, 28, 28}));
    put(folder / "sides", words({0x803, 1, 0x10001, 0x10001}));
    put(folder / "bomb.gz", gzipped(joined({words({0x803, 8, 256, 256}), Bytes(7 * 256 * 256)})));
}

std::string tensors(const std::string& header, const std::string& data) {
    return eventbytes::raw(std::uint64_t(header.size())) + header + data;
}

void writeTensors(const fs::path& folder) {
    writeText(folder / "written", writeSafetensors({{"0.weight", {2, 3}, {1, 2, 3, 4, 5, 6}}, {"0.bias", {2}, {0.5F, -0.5F}},
                                                    {"none", {0, 4}, {}}, {"one", {}, {7}}}));
    writeText(folder / "types", tensors(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},)"
                                        R"("b":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},)"
                                        R"("c":{"dtype":"BF16","shape":[2,1],"data_offsets":[12,16]},"__metadata__":{"x":"y"}})",
                                        std::string(14, '\x3C') + "\x80\x7F"));
    writeText(folder / "overlap", tensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                                          R"("b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}})",
                                          "123456"));
    writeText(folder / "endless", eventbytes::raw(~std::uint64_t(0)) + "{}");
    writeText(folder / "huge", tensors(R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", ""));
}

void writeEventFiles(const fs::path& folder) {
    using namespace eventbytes;
    std::string torch = version(1e9) + start(1e9, 0);
    std::string keras = version(1e9) + words(1e9, "keras", "{\"class\": 1}");
    std::string others = version(1e9);
    for (int i = 0; i < 6; ++i) {
        torch += simple(1e9 + i, i * 10, "train/loss", 1.0F / static_cast<float>(i + 1)) + simple(1e9 + i, i * 10, "lr", 0.1F);
        keras += tensor(1e9 + i, i, "epoch_loss", 0.5F) + tensor(1e9 + i, i, "epoch_accuracy", 0.75F) +
                 tensor(1e9 + i, i, "epoch_learning_rate", 0.001F);
        others += doubled(1e9 + i, i, "loss", i == 5 ? std::nan("") : 0.1) + simple(1e9 + i, i, "val/loss", 0.2F) +
                  simple(1e9 + i, i, "val_acc", 75.0F) + simple(1e9 + i, i, "epoch", static_cast<float>(i / 2));
    }
    writeText(folder / "torch", torch);
    writeText(folder / "keras", keras);
    writeText(folder / "others", others);
    writeText(folder / "cut", torch.substr(0, torch.size() - 20));
    writeText(folder / "scalars", version(1e9) + simple(1e9, 1, "loss", 1.0F) + simple(1e9, 2, "loss", 0.5F) + start(1e9, 2) +
                                      simple(1e9, 2, "loss", 0.25F));
    writeText(folder / "endless", raw(~std::uint64_t(0)) + raw(masked(raw(~std::uint64_t(0)))));
    writeText(folder / "no_event", record("\xFF\xFF\xFF"));
    FileOutput out(qtText(folder / "written"));
    writeEvents(shortRecord("a", RunState::Finished), 1e9, out);
    out.commit();
}

QByteArray drawnPng() {
    QImage image(2, 2, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return buffer.data();
}

template <typename Paper> QByteArray drawn(Paper make) {
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    {
        const auto paper = make(&buffer);
        QPainter painter(paper.get());
        painter.drawLine(0, 0, 5, 5);
    }
    return buffer.data();
}

void writePictures(const fs::path& folder) {
    const QString text = QStringLiteral(R"({"ratescope": 1, "title": "größer <&> (a)\\", "runs": [{"name": "a"}]})");
    const QByteArray svg = drawn([](QIODevice* to) {
        auto paper = std::make_unique<QSvgGenerator>();
        paper->setOutputDevice(to);
        paper->setSize({9, 9});
        return paper;
    });
    const QByteArray pdf = drawn([](QIODevice* to) { return std::make_unique<QPdfWriter>(to); });
    const QByteArray png = drawnPng();
    const std::pair<const char*, QByteArray> pictures[] = {{"plain.png", png},
                                                           {"plain.svg", svg},
                                                           {"plain.pdf", pdf},
                                                           {"text.png", embedInPng(png, text)},
                                                           {"text.svg", embedInSvg(svg, text)},
                                                           {"text.pdf", embedInPdf(pdf, QStringLiteral("Title"), text)}};
    for (const auto& [name, bytes] : pictures) writeText(folder / name, bytes.toStdString());
    writeText(folder / "bomb.png", embedInPng(png, QString(300'000, QLatin1Char(' '))).toStdString());
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication app(argc, argv);
    if (argc != 2 || !fs::is_directory(argv[1])) {
        std::cerr << "usage: make_fuzz_seeds CORPUS\n";
        return 2;
    }
    const fs::path corpus(argv[1]);
    const std::pair<const char*, void (*)(const fs::path&)> readers[] = {{"study_file", writeStudies},
                                                                         {"checkpoint", writeStates},
                                                                         {"idx", writeIdx},
                                                                         {"safetensors", writeTensors},
                                                                         {"events", writeEventFiles},
                                                                         {"picture", writePictures}};
    for (const auto& [name, write] : readers) {
        fs::create_directories(corpus / name);
        write(corpus / name);
    }
    return 0;
}
