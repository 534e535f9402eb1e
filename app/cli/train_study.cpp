// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/train_study.h"

#include "app/study/palette.h"

#include <algorithm>
#include <map>
#include <set>

namespace ratescope {

namespace {

/// New names for runs whose names the study has, also where others start from them.
void rename(std::vector<RunRecord>& runs, std::set<std::string> taken) {
    std::map<std::string, std::string> names;
    for (RunRecord& run : runs) {
        const std::string name = freeName(run.config.name, [&](const std::string& one) { return taken.contains(one); });
        taken.insert(name);
        names[run.config.name] = name;
        run.config.name = name;
    }
    for (RunRecord& run : runs) {
        const auto renamed = names.find(run.config.sourceRun());
        if (renamed != names.end())
            (run.config.fork ? run.config.fork->run : run.config.startFrom->run) = renamed->second;
    }
}

/// Another dash pattern for each further run of a colour.
void tellApart(std::vector<RunRecord>& runs, const std::vector<RunRecord>& others) {
    std::map<std::string, int> ofColor;
    for (const RunRecord& run : others) ++ofColor[run.config.color];
    for (RunRecord& run : runs) run.dash = ofColor[run.config.color]++ % dashPatternCount;
}

} // namespace

std::vector<StudyFile::Row> enterRuns(const std::filesystem::path& study, std::vector<RunRecord>& runs,
                                      const std::string& title, const std::string& notes) {
    StudyFile file(study, StudyFile::Access::Write);
    file.begin();
    std::vector<StudyFile::Row> rows;
    try {
        const std::vector<RunRecord> others = file.readRuns(StudyFile::Content::Headers);
        std::set<std::string> taken;
        for (const RunRecord& run : others) taken.insert(run.config.name);
        rename(runs, std::move(taken));
        tellApart(runs, others);
        if (others.empty()) {
            file.setText("title", title);
            file.setText("notes", notes);
        }
        for (const RunRecord& run : runs) rows.push_back(file.addRun(run));
        file.commit();
    } catch (...) {
        file.rollback();
        throw;
    }
    return rows;
}

} // namespace ratescope
