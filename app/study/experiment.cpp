// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/experiment.h"

#include "app/study/run_config_json.h"
#include "core/brief_text.h"

#include <QFile>
#include <QFileInfo>

#include <map>

namespace ratescope {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostBytes = std::size_t(4) << 20;
constexpr std::size_t mostRuns = 10'000;

/// Reads the runs one by one over the defaults.
class ExperimentReader {
public:
    ExperimentReader(const Json& root, const std::string& source, fs::path folder, DataCatalog& catalog)
        : m_root(root, "", source)
        , m_folder(std::move(folder))
        , m_catalog(catalog) {}

    Experiment read() {
        Experiment experiment;
        checkVersion();
        if (m_root.has("title")) experiment.title = m_root.text("title");
        if (m_root.has("notes")) experiment.notes = m_root.text("notes");
        readDefaults();
        if (!m_root.has("runs")) m_root.fail("runs", "is missing; expected a list of runs");
        const Json& runs = m_root.array("runs");
        m_root.finish({"ratescope", "title", "notes", "defaults", "runs"});
        if (runs.empty() || runs.size() > mostRuns)
            m_root.fail("runs", "holds " + std::to_string(runs.size()) + " runs; allowed: 1 to " + std::to_string(mostRuns));
        for (std::size_t i = 0; i < runs.size(); ++i)
            experiment.runs.push_back(readRun(runs[i], "runs[" + std::to_string(i) + "]"));
        checkSources(experiment.runs);
        return experiment;
    }

private:
    void checkVersion() {
        if (!m_root.has("ratescope")) m_root.fail("ratescope", "is missing; an experiment says \"ratescope\": 1");
        m_root.integer("ratescope", 1, 1);
    }

    void readDefaults() {
        if (!m_root.has("defaults")) return;
        JsonObject defaults = m_root.object("defaults");
        if (defaults.has("name")) m_root.fail("defaults.name", "is not a default; each run has a name of its own");
        applyRunKeys(defaults, m_defaults);
        std::vector<std::string> keys = runKeys();
        std::erase(keys, "name");
        defaults.finish(keys);
        for (const auto& [key, value] : m_root.value("defaults").items()) m_defaultKeys.insert(key);
    }

    RunConfig readRun(const Json& json, const std::string& place) {
        JsonObject object(json, place, m_root.source());
        RunConfig config = m_defaults;
        if (!object.has("name")) m_root.fail(place + ".name", "is missing; each run has a name of its own");
        applyRunKeys(object, config);
        object.finish(runKeys());
        const std::string source = config.fork ? "fork" : "start_from";
        const bool ownSource = json.contains(source) || !m_defaultKeys.contains(source);
        m_sourcePlaces.push_back((ownSource ? place : "defaults") + "." + source + ".run");
        const auto [earlier, isNew] = m_names.emplace(config.name, place);
        if (!isNew)
            m_root.fail(place + ".name",
                        "is “" + briefText(config.name) + "”, as that of " + earlier->second + "; names are unique in a file");
        // What a default brought in is a fault of the default.
        const auto fail = [&](const Problem& problem) {
            const std::string key = problem.place.substr(0, problem.place.find_first_of(".["));
            const bool fromDefaults = !json.contains(key) && m_defaultKeys.contains(key);
            constexpr std::size_t longest = 3000; // it may repeat names of files, in which anything may stand
            m_root.fail((fromDefaults ? "defaults" : place) + "." + problem.place, briefText(problem.message, longest));
        };
        if (const Problems problems = config.validate(); !problems.empty()) fail(problems[0]);
        locateWeights(config, fail);
        const DatasetInfo data = dataInfo(config, fail);
        countGrowingSteps(config, data, fail);
        if (const Problems problems = config.validate(data); !problems.empty()) fail(problems[0]);
        return config;
    }

    /// Runs whose batch grows are walked through to know their length; of many that would take minutes.
    template <typename Fail>
    void countGrowingSteps(const RunConfig& config, const DatasetInfo& data, const Fail& fail) {
        if (!config.schedule.batchGrowth || config.rangeTest) return;
        const std::uint64_t perEpoch = data.trainCount / config.batchSize + 1;
        m_growingSteps += config.duration.steps.value_or(std::min(config.duration.epochs * perEpoch, maximumGrowingSteps));
        if (m_growingSteps > mostGrowingSteps)
            fail({"schedule.batch_growth", "makes over " + std::to_string(mostGrowingSteps) +
                                               " steps of growing batches, with the runs before; split the file"});
    }

    /// Runs start from runs of the file, and not from each other in a circle.
    void checkSources(const std::vector<RunConfig>& runs) const {
        const std::size_t none = runs.size();
        std::map<std::string_view, std::size_t> indices;
        for (std::size_t i = 0; i < runs.size(); ++i) indices.emplace(runs[i].name, i);
        const auto sourceOf = [&](std::size_t run) {
            const auto source = indices.find(runs[run].sourceRun());
            return source == indices.end() ? none : source->second;
        };
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (runs[i].sourceRun().empty()) continue;
            const std::size_t source = sourceOf(i);
            if (source == none)
                m_root.fail(m_sourcePlaces[i],
                            "is “" + briefText(runs[i].sourceRun()) + "”; no run of this file has that name");
            if (runs[source].rangeTest)
                m_root.fail(m_sourcePlaces[i], "is “" + runs[source].name + "”, a range test, which leaves no weights");
            if (!runs[i].fork) continue;
            const std::string run = "runs[" + std::to_string(i) + ']';
            if (const Problems problems = validateFork(runs[i], runs[source]); !problems.empty())
                m_root.fail(run + '.' + problems[0].place, problems[0].message);
        }
        // Each run is passed once: what an earlier one has led to goes in no circle.
        std::vector<std::size_t> passedFrom(runs.size(), none);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            std::size_t link = i;
            for (; link != none && passedFrom[link] == none; link = sourceOf(link)) passedFrom[link] = i;
            if (link == none || passedFrom[link] != i) continue;
            constexpr std::size_t mostNamed = 10;
            std::string circle = "“" + runs[link].name + "”";
            std::size_t named = 0;
            for (std::size_t next = sourceOf(link); next != link && ++named < mostNamed; next = sourceOf(next))
                circle += " → “" + runs[next].name + "”";
            m_root.fail(m_sourcePlaces[link], "makes a circle: " + circle + (named < mostNamed ? "" : " → …") + " → “" +
                                                  runs[link].name + "”");
        }
    }

    /// A file of weights is looked for beside the experiment; it is read when its run starts.
    template <typename Fail>
    void locateWeights(RunConfig& config, const Fail& fail) {
        if (!config.startFrom || config.startFrom->file.empty()) return;
        const fs::path path = fs::absolute(m_folder / config.startFrom->file).lexically_normal();
        std::error_code error;
        if (!fs::is_regular_file(path, error))
            fail({"start_from.file", "is " + path.string() + ", which is not a file that is there"});
        config.startFrom->file = path.string();
    }

    template <typename Fail>
    DatasetInfo dataInfo(RunConfig& config, const Fail& fail) {
        if (config.data != "mnist" && config.data != "fashion-mnist")
            config.data = fs::absolute(m_folder / config.data).lexically_normal().string();
        std::error_code error; // a name that was meant is taken for a folder's
        if (config.data.starts_with('/') && !fs::is_directory(config.data, error))
            fail({"data", config.data + ": is not a folder; expected mnist, fashion-mnist or a folder with the four IDX "
                                        "files of MNIST's kind"});
        try {
            return m_catalog.info(config.data);
        } catch (const Error& problem) {
            fail({"data", problem.what()});
            throw;
        }
    }

    JsonObject m_root;
    fs::path m_folder;
    DataCatalog& m_catalog;
    RunConfig m_defaults;
    std::set<std::string> m_defaultKeys;
    std::map<std::string, std::string> m_names; ///< name → place
    std::uint64_t m_growingSteps = 0;
    std::vector<std::string> m_sourcePlaces;    ///< for each run: where its source is named
};

} // namespace

QByteArray readFileBytes(const fs::path& path, std::size_t most) {
    QFile file(QString::fromStdString(path.string()));
    const auto fail = [&](const std::string& what) { throw Error(path.string() + ": " + what); };
    const QFileInfo info(file);
    if (!info.exists()) fail("does not exist");
    if (info.isDir()) fail("is a folder; expected a file");
    if (!info.isFile()) fail("is not an ordinary file");
    if (info.size() > static_cast<qint64>(most))
        fail("is over " + std::to_string(info.size() >> 20) + " MiB large; allowed: " + std::to_string(most >> 20) + " MiB");
    if (!file.open(QIODevice::ReadOnly)) fail("cannot be opened: " + file.errorString().toStdString());
    // Some files say that they have no size, such as those of /proc.
    QByteArray content = file.read((info.size() > 0 ? info.size() : static_cast<qint64>(most)) + 1);
    if (file.error() != QFileDevice::NoError) fail("cannot be read: " + file.errorString().toStdString());
    return content;
}

std::string readSmallFile(const fs::path& path, std::size_t most) { return readFileBytes(path, most).toStdString(); }

Experiment parseExperiment(std::string_view text, const std::string& source, const fs::path& folder, DataCatalog& catalog) {
    const Json root = parseStrictJson(text, source);
    return ExperimentReader(root, source, folder, catalog).read();
}

Experiment readExperiment(const fs::path& path, DataCatalog& catalog) {
    const std::string text = readSmallFile(path, mostBytes);
    if (text.empty())
        throw Error(path.string() +
                    ": is empty; expected an experiment, JSON such as {\"ratescope\": 1, \"runs\": […]}");
    return parseExperiment(text, path.string(), path.parent_path(), catalog);
}

} // namespace ratescope
