// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/range_report.h"

#include "app/study/range_answers.h"
#include "app/study/run_config_json.h"

#include <map>

namespace ratescope {

namespace {

using Json = nlohmann::ordered_json;

/// Range tests that differ in their seed alone, with their curves.
struct SeedGroup {
    std::vector<RunPointer> tests;
    std::vector<RangeCurve> curves;
    std::vector<RangeAnswers> answers;
};

/// In the order of their first tests; tests that have not begun are left out.
std::vector<SeedGroup> seedGroups(const std::vector<RunPointer>& runs) {
    std::vector<SeedGroup> groups;
    std::map<std::string, std::size_t> known;
    for (const RunPointer& run : runs) {
        if (!run->isRangeTest() || run->isImported() || run->stepCount() == 0) continue;
        const auto [place, isNew] = known.emplace(allButSeed(run->config), groups.size());
        if (isNew) groups.emplace_back();
        groups[place->second].tests.push_back(run);
    }
    std::erase_if(groups, [](const SeedGroup& group) { return group.tests.size() < 2; });
    for (SeedGroup& group : groups)
        for (const RunPointer& test : group.tests) {
            group.curves.push_back(rangeCurveOf(*test));
            group.answers.push_back(answersOf(*test, group.curves.back()));
        }
    return groups;
}

Json pointsJson(const SeedGroup& group) {
    std::vector<SeedCurve> curves;
    for (std::size_t i = 0; i < group.tests.size(); ++i)
        curves.push_back({&group.curves[i], divergedFrom(*group.tests[i])});
    const SeedRange range = overSeeds(curves);
    Json points = Json::array();
    for (std::size_t i = 0; i < range.rates.size(); ++i)
        points.push_back({{"lr", range.rates[i]},
                          {"median", range.smoothed[i].middle},
                          {"low", range.smoothed[i].low},
                          {"high", range.smoothed[i].high},
                          {"diverged", range.diverged[i]}});
    return points;
}

Json spreadJson(const RuleSpread& spread) {
    Json json;
    const auto rate = [&](double ValueSpread::*part) {
        return spread.rates ? Json((*spread.rates).*part) : Json(nullptr);
    };
    json["low"] = rate(&ValueSpread::low);
    json["median"] = rate(&ValueSpread::middle);
    json["high"] = rate(&ValueSpread::high);
    json["found"] = spread.found;
    json["seeds"] = spread.seeds;
    return json;
}

QString figure(double value) {
    return QString::number(value, 'g', 4);
}

} // namespace

void addAnswers(Json& json, const RangeAnswers& answers) {
    json["suggestions"] = Json::object();
    Json reasons = Json::object();
    for (const Suggestion& suggestion : answers.rules) {
        json["suggestions"][suggestion.rule] = suggestion.rate ? Json(*suggestion.rate) : Json(nullptr);
        reasons[suggestion.rule] = suggestion.reason;
    }
    const auto& bounds = answers.bounds.rates;
    json["bounds"] = bounds ? Json::array({bounds->first, bounds->second}) : Json(nullptr);
    reasons["bounds"] = answers.bounds.reason;
    json["reasons"] = std::move(reasons);
}

void addRangeTest(Json& json, const RunRecord& test) {
    const RangeCurve curve = rangeCurveOf(test);
    json["kind"] = rangeTestKindNames[static_cast<int>(test.config.rangeTest->kind)];
    addAnswers(json, answersOf(test, curve));
    json["points"] = Json::array();
    for (std::size_t i = 0; i < curve.rates.size(); ++i) {
        Json point = {{"lr", curve.rates[i]},
                      {"loss", curve.losses[i]},
                      {"smoothed", curve.smoothed[i]},
                      {"slope", i < curve.slopes.size() ? Json(curve.slopes[i]) : Json(nullptr)}};
        if (i < test.validations.size()) {
            point["val_loss"] = test.validations[i].loss;
            point["val_accuracy"] = 1.0 - test.validations[i].error;
        }
        json["points"].push_back(std::move(point));
    }
}

Json seedGroupsJson(const std::vector<RunPointer>& runs) {
    Json groups = Json::array();
    for (const SeedGroup& group : seedGroups(runs)) {
        Json json = {{"runs", Json::array()}, {"seeds", Json::array()}, {"suggestions", Json::object()}};
        for (const RunPointer& test : group.tests) {
            json["runs"].push_back(test->config.name);
            json["seeds"].push_back(test->config.seed);
        }
        for (const RuleSpread& spread : ruleSpreads(group.answers))
            json["suggestions"][spread.rule] = spreadJson(spread);
        json["points"] = pointsJson(group);
        groups.push_back(std::move(json));
    }
    return groups;
}

QString seedGroupsText(const std::vector<RunPointer>& runs) {
    QString text;
    for (const SeedGroup& group : seedGroups(runs)) {
        const QString names = QStringLiteral("%1 … %2").arg(QString::fromStdString(group.tests.front()->config.name),
                                                            QString::fromStdString(group.tests.back()->config.name));
        for (const RuleSpread& spread : ruleSpreads(group.answers)) {
            text += QStringLiteral("%1: %2 ").arg(names, QString::fromStdString(spread.rule));
            if (spread.rates)
                text += QStringLiteral("%1, from %2 to %3 ")
                            .arg(figure(spread.rates->middle), figure(spread.rates->low), figure(spread.rates->high));
            else
                text += QStringLiteral("– ");
            text += QStringLiteral("(%1 of %2 seeds)\n").arg(spread.found).arg(spread.seeds);
        }
    }
    return text;
}

} // namespace ratescope
