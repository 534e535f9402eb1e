// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/run_file.h"

#include "app/study/curve_file.h"
#include "app/study/event_file.h"
#include "app/study/event_writer.h"
#include "app/study/file_output.h"
#include "app/study/log_preview.h"
#include "app/study/log_record.h"
#include "app/study/log_table.h"
#include "app/study/palette.h"
#include "app/study/picture_experiment.h"
#include "core/error.h"

#include <QDir>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <set>
#include <system_error>
#include <unordered_map>
#include <unordered_set>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostPictureBytes = std::size_t(128) << 20;
constexpr std::size_t mostTableBytes = std::size_t(64) << 20;
constexpr std::size_t mostExperimentBytes = std::size_t(8) << 20; // more than a file's: every run is written in full

/// The beginning, by which files are told apart; empty where there is no ordinary file. Throws where it may not be read.
QByteArray headOf(const fs::path& path) {
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return {};
    std::ifstream file(path, std::ios::binary);
    if (!file) throw Error(path.string() + ": cannot be opened: " + std::generic_category().message(errno));
    QByteArray head(1 << 16, '\0'); // a curve's columns may stand behind each other
    file.read(head.data(), head.size());
    head.truncate(file.gcount());
    return head;
}

/// The experiment that a picture of the plots carries, as text; the picture itself is let go.
std::string textInPicture(const fs::path& path) {
    const QByteArray bytes = readFileBytes(path, mostPictureBytes);
    try {
        if (const std::optional<QString> found = experimentInPicture(bytes)) {
            std::string text = found->toStdString();
            if (text.size() > mostExperimentBytes) throw Error("holds an experiment over 8 MiB; allowed: 8 MiB");
            return text;
        }
        throw Error("is a picture without Ratescope's runs in it; expected a PNG, SVG or PDF that Ratescope exported");
    } catch (const Error& error) { // it knows no names
        throw Error(path.string() + ": " + error.what());
    }
}

Experiment readPicture(const fs::path& path, DataCatalog& catalog) {
    return parseExperiment(textInPicture(path), path.string(), path.parent_path(), catalog);
}

/// Empty where it is not known.
std::string optionalNumber(const std::optional<double>& value) {
    return value && !std::isnan(*value) ? csvNumber(*value) : std::string();
}

/// A run's name as a file's: no folders, nothing hidden.
std::string fileName(std::string name) {
    for (char& c : name)
        if (c == '/' || c == '\\' || c == ':') c = '_';
    if (name.starts_with('.')) name[0] = '_';
    return name;
}

/// Counts rows that are written, and tells of it every few thousand.
class RowCount {
public:
    RowCount(std::size_t total, std::function<void(double)> tell)
        : m_total(total)
        , m_tell(std::move(tell)) {}
    void add() {
        if (m_count++ % 4096 == 0) m_tell(static_cast<double>(m_count) / static_cast<double>(m_total));
    }

private:
    std::size_t m_count = 0;
    std::size_t m_total;
    std::function<void(double)> m_tell;
};

void writeSummary(const std::vector<RunRecord>& runs, FileOutput& out, RowCount& rows) {
    out.write("run,status,steps,epochs,train_seconds,samples_per_second,train_loss,val_loss,val_accuracy,test_loss,"
              "test_accuracy,"
              "diverged_at\n");
    for (const RunRecord& run : runs) {
        rows.add();
        const EpochMetrics* last = run.epochs.empty() ? nullptr : &run.epochs.back();
        const auto validation = last ? last->validation : std::nullopt;
        const auto& test = run.result.test;
        const auto field = [](const auto& score, auto value) { return score ? optionalNumber(value(*score)) : std::string(); };
        const auto loss = [](const Score& score) { return score.loss; };
        const auto accuracy = [](const Score& score) { return 1.0 - score.error; };
        const bool isTimed = !run.isImported() || run.trainSeconds > 0.0; // few logs tell times
        const std::optional<double> seconds = isTimed ? std::optional(run.trainSeconds) : std::nullopt;
        // A log that tells of no epochs is no epoch.
        const bool hasEpochs = !run.isLog() || run.length.stepsPerEpoch < run.length.steps;
        const std::optional<double> epochs = hasEpochs ? std::optional(run.length.epochsOf(run.updates())) : std::nullopt;
        out.write(csvField(run.config.name) + ',' + runStateName(run.state) + ',' + std::to_string(run.updates()) +
                  ',' + optionalNumber(epochs) + ',' + optionalNumber(seconds) + ',' +
                  optionalNumber(run.samplesPerSecond()) + ',' +
                  optionalNumber(last ? std::optional(last->train.loss) : std::nullopt) + ',' +
                  field(validation, loss) + ',' + field(validation, accuracy) + ',' + field(test, loss) + ',' +
                  field(test, accuracy) + ',' + (run.result.divergedAt ? std::to_string(*run.result.divergedAt) : "") +
                  '\n');
    }
}

void writeSteps(const std::vector<RunRecord>& runs, FileOutput& out, RowCount& rows) {
    out.write("run,step,epoch,lr,loss\n");
    for (const RunRecord& run : runs) {
        const std::string name = csvField(run.config.name);
        for (std::size_t i = 0; i < run.losses.size(); ++i) {
            rows.add();
            out.write(name + ',' + std::to_string(run.stepNumber(i)) + ',' +
                      std::to_string(run.length.epochOf(run.stepNumber(i))) + ',' + optionalNumber(run.rateAt(i)) + ',' +
                      csvNumber(run.losses[i]) + '\n');
        }
    }
}

void writeEpochs(const std::vector<RunRecord>& runs, FileOutput& out, RowCount& rows) {
    out.write("run,epoch,step,lr,train_loss,train_error,val_loss,val_accuracy,seconds\n");
    for (const RunRecord& run : runs) {
        const std::string name = csvField(run.config.name);
        for (const EpochMetrics& epoch : run.epochs) {
            rows.add();
            out.write(name + ',' + std::to_string(epoch.epoch) + ',' + std::to_string(epoch.step) + ',' +
                      optionalNumber(epoch.rate) + ',' + optionalNumber(epoch.train.loss) + ',' +
                      optionalNumber(epoch.train.error) + ',' +
                      (epoch.validation ? optionalNumber(epoch.validation->loss) : "") + ',' +
                      (epoch.validation ? optionalNumber(1.0 - epoch.validation->error) : "") + ',' +
                      optionalNumber(epoch.seconds) + '\n');
        }
    }
}

void writeRangeTests(const std::vector<RunRecord>& runs, FileOutput& out, RowCount& rows) {
    out.write("run,step,lr,loss,smoothed_loss,slope,val_loss,val_accuracy\n");
    for (const RunRecord& run : runs) {
        if (!run.isRangeTest()) continue;
        const std::string name = csvField(run.config.name);
        const RangeCurve curve = rangeCurveOf(run);
        for (std::size_t i = 0; i < curve.rates.size(); ++i) {
            rows.add();
            const Score* score = i < run.validations.size() ? &run.validations[i] : nullptr;
            out.write(name + ',' + std::to_string(i) + ',' + csvNumber(curve.rates[i]) + ',' +
                      csvNumber(run.losses[i]) + ',' + csvNumber(curve.smoothed[i]) + ',' +
                      (i < curve.slopes.size() ? csvNumber(curve.slopes[i]) : "") + ',' +
                      (score ? csvNumber(score->loss) : "") + ',' + (score ? csvNumber(1.0 - score->error) : "") +
                      '\n');
        }
    }
}

} // namespace

namespace {

/// A table of numbers none of whose columns is known as the loss cannot be read; its own names help more than those that are
/// missing.
void expectKnownLoss(const fs::path& path) {
    LogPreview log;
    try {
        log = previewLog(path);
    } catch (const Error&) { // something else is wrong with it
        return;
    }
    if (log.isKnown) return;
    std::vector<std::string> names;
    for (const LogPreviewColumn& column : log.columns) names.push_back(column.name);
    throw Error(path.string() + ": names no loss; it has: " + someNames(names) +
                "; say which is which with “ratescope import --map loss=NAME”");
}

/// Whether that may be a log whose columns nobody knows.
bool hasLogName(const fs::path& path) {
    const QString suffix = QString::fromStdString(path.extension().string()).toLower();
    return suffix == QLatin1String(".txt") || suffix == QLatin1String(".log");
}

/// The runs that another program has logged, or a curve that it has measured; none where the file is something else.
std::vector<RunRecord> readImported(const fs::path& path, const QByteArray& bytes, const LogMapping& mapping) {
    const std::string_view head(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const auto recordsOf = [&](const std::vector<LoggedRun>& logs) {
        std::vector<RunRecord> runs;
        for (const LoggedRun& log : logs) runs.push_back(recordOf(log, path));
        return runs;
    };
    std::error_code error;
    if (fs::is_directory(path, error)) return recordsOf(readEventFolder(path, mapping));
    if (looksLikePicture(bytes)) return {};
    if (looksLikeEventFile(head) || hasEventFileName(path)) return recordsOf({readEventFile(path, mapping)});
    if (mapping != LogMapping{}) return recordsOf(readLogTable(path, mapping));
    const bool isCurve = looksLikeCurve(head, path);
    if (!isCurve && !looksLikeLogTable(head)) {
        if (hasLogName(path)) expectKnownLoss(path);
        return {};
    }
    // Of the beginning alone a log may look like a range test.
    if (looksLikeLogTable(readFileBytes(path, mostTableBytes).toStdString())) return recordsOf(readLogTable(path, mapping));
    if (isCurve) expectKnownLoss(path);
    std::vector<RunRecord> curve;
    curve.push_back(readCurve(path));
    return curve;
}

/// What is called a study, but holds nothing that can be read, is not told as an experiment with strange JSON.
void expectNoStudy(const fs::path& path, const QByteArray& head) {
    std::error_code error;
    if (path.extension() != ".ratescope" || !fs::is_regular_file(path, error)) return;
    if (head.isEmpty()) throw Error(path.string() + ": is empty; expected a study");
    if (!head.trimmed().startsWith('{')) throw Error(path.string() + ": is not a study (no SQLite database)");
}

} // namespace

RunFile readRunFile(const fs::path& path, DataCatalog& catalog, StudyFile::Content content, const LogMapping& mapping) {
    RunFile file;
    const QByteArray head = headOf(path);
    file.isStudy = head.startsWith(QByteArrayView("SQLite format 3\0", 16));
    if (file.isStudy) {
        StudyFile study(path, StudyFile::Access::Read);
        file.title = study.text("title");
        file.notes = study.text("notes");
        file.layout = study.text("layout");
        file.runs = study.readRuns(content);
        return file;
    }
    file.runs = readImported(path, head, mapping);
    if (!file.runs.empty()) return file;
    const bool isPicture = looksLikePicture(head);
    if (!isPicture) expectNoStudy(path, head);
    Experiment experiment = isPicture ? readPicture(path, catalog) : readExperiment(path, catalog);
    file.title = std::move(experiment.title);
    file.notes = std::move(experiment.notes);
    for (RunConfig& config : experiment.runs) {
        RunRecord record;
        record.length = lengthOf(config, catalog.info(config.data));
        record.config = std::move(config);
        file.runs.push_back(std::move(record));
    }
    return file;
}

void assignLooks(std::vector<RunRecord>& runs) {
    std::unordered_set<std::string> names;
    std::unordered_map<std::string, unsigned long> tried;
    std::unordered_map<std::string, std::ptrdiff_t> colors;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const auto runsWith = [&](const auto& color) {
            const auto it = colors.find(std::string(color));
            return it == colors.end() ? std::ptrdiff_t(0) : it->second;
        };
        RunRecord& run = runs[i];
        if (run.config.color.empty()) run.config.color = nextPaletteColor(runsWith);
        run.dash = static_cast<int>(runsWith(run.config.color)) % dashPatternCount;
        ++colors[run.config.color];
        const std::string name = run.config.name;
        run.config.name = freeName(name, [&](const std::string& one) { return names.contains(one); }, &tried[name]);
        names.insert(run.config.name);
        run.id = static_cast<RunId>(i) + 1;
    }
}

std::vector<RunRecord> selectRuns(std::vector<RunRecord> runs, const std::vector<std::string>& names,
                                  const std::string& source) {
    if (names.empty()) return runs;
    for (const std::string& name : names) {
        if (std::ranges::any_of(runs, [&](const RunRecord& run) { return run.config.name == name; })) continue;
        std::string known;
        for (std::size_t i = 0; i < std::min<std::size_t>(runs.size(), 20); ++i)
            known += (known.empty() ? "" : ", ") + runs[i].config.name;
        throw Error(source + ": has no run named “" + name + "”; it has: " + known + (runs.size() > 20 ? ", …" : ""));
    }
    std::erase_if(runs, [&](const RunRecord& run) { return std::ranges::find(names, run.config.name) == names.end(); });
    return runs;
}

void exportEvents(const std::vector<RunRecord>& runs, const QString& folder, double ended,
                  const std::function<void(const std::string& name)>& begins) {
    std::set<std::string> taken;
    for (const RunRecord& run : runs) {
        const std::string name = freeName(fileName(run.config.name), [&](const std::string& one) { return taken.contains(one); });
        taken.insert(name);
        begins(name);
        const QString place = QDir(folder).filePath(QString::fromStdString(name));
        makeFolder(place);
        const double started = ended - run.trainSeconds;
        FileOutput out(QDir(place).filePath(QString::fromStdString(eventFileName(static_cast<std::int64_t>(started)))));
        writeEvents(run, started, out);
        out.commit();
    }
}

void exportWeights(const std::vector<RunRecord>& runs,
                   const std::function<void(const std::string& name, const std::string& bytes)>& write) {
    std::set<std::string> taken;
    const auto add = [&](const std::string& wanted, const std::vector<Tensor>& tensors) {
        const std::string name = freeName(wanted, [&](const std::string& one) { return taken.contains(one); });
        taken.insert(name);
        write(name + ".safetensors", writeSafetensors(tensors));
        return name;
    };
    for (const RunRecord& run : runs) {
        if (!run.weights) continue;
        const RunWeights weights = StudyFile(run.weights->study, StudyFile::Access::Read).readWeights(run.weights->row);
        if (weights.empty()) continue;
        const std::string name = add(fileName(run.config.name), weights.last);
        for (std::size_t i = 0; i < weights.snapshots.size(); ++i)
            add(name + " snapshot " + std::to_string(i + 1), weights.snapshots[i].weights);
    }
}

void exportCsv(const std::vector<RunRecord>& runs, const QString& folder, const ExportProgress& progress) {
    makeFolder(folder);
    const auto write = [&](const char* name, std::size_t count, auto writer) {
        FileOutput out(QDir(folder).filePath(QString::fromLatin1(name)));
        RowCount rows(count, [&](double share) {
            if (progress) progress(name, share);
        });
        writer(runs, out, rows);
        out.commit();
    };
    std::size_t steps = 0;
    std::size_t epochs = 0;
    for (const RunRecord& run : runs) {
        steps += run.losses.size();
        epochs += run.epochs.size();
    }
    write("runs.csv", runs.size(), writeSummary);
    write("steps.csv", steps, writeSteps);
    write("epochs.csv", epochs, writeEpochs);
    if (std::ranges::any_of(runs, &RunRecord::isRangeTest)) write("range_tests.csv", steps, writeRangeTests);
}

} // namespace ratescope
