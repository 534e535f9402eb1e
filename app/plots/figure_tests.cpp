// SPDX-License-Identifier: GPL-3.0-or-later
// The figure's range tests, each for itself or seeds as one.
#include "app/plots/axis_ranges.h"
#include "app/plots/figure.h"

#include <algorithm>

namespace ratescope {

/// Tests that differ in their seed alone. A group that was there already stays, with what it has worked out.
void Figure::groupTests() {
    std::map<std::string, std::vector<Entry*>> groups;
    std::vector<const std::vector<Entry*>*> order;
    if (m_view.seeds != SeedDrawing::Single)
        for (Entry* entry : m_shown) {
            if (!entry->run().isRangeTest() || entry->run().isImported()) continue;
            auto& members = groups[entry->seedGroup()];
            if (members.empty()) order.push_back(&members);
            members.push_back(entry);
        }
    std::size_t count = 0;
    for (const auto* entries : order) {
        if (entries->size() < 2) continue;
        SeedTest::Members members;
        for (Entry* entry : *entries) {
            members.push_back(entry->curves);
            entry->drawn = false;
        }
        if (count == m_testGroups.size()) m_testGroups.push_back(std::make_unique<SeedTest>());
        m_testGroups[count++]->setMembers(std::move(members), entries->front()->look);
    }
    m_testGroups.resize(count);
}

/// What stands for itself in the plot of the range tests.
std::vector<Figure::Subject> Figure::subjects() const {
    std::vector<Subject> subjects;
    for (const Entry* entry : m_shown)
        if (entry->run().isRangeTest() && entry->drawn)
            subjects.push_back({entry, nullptr, QString::fromStdString(entry->run().config.name)});
    for (const auto& group : m_testGroups) {
        const RunRecord& first = group->members().front()->run();
        subjects.push_back({entryOf(first.id), group.get(), groupName(first, group->members().size())});
    }
    return subjects;
}

QString Figure::groupName(const RunRecord& first, std::size_t members) const {
    return tr("%1 (%n seed(s))", nullptr, static_cast<int>(members)).arg(QString::fromStdString(first.config.name));
}

bool Figure::isAnyTestValidated() const {
    return std::ranges::any_of(m_shown, [](const Entry* entry) { return entry->curves->validated() > 0; });
}

bool Figure::placeGroups(PlotPlace place, const PlotFrame& frame) {
    bool changed = false;
    for (const auto& group : m_testGroups) {
        if (place == PlotPlace::TestLoss) changed |= group->placeLoss(frame);
        if (place == PlotPlace::TestSlope) changed |= group->placeLower(frame, m_view.testLower);
    }
    return changed;
}

void Figure::addTestRibbons(PlotPlace place, const PlotFrame& frame, double ratio, std::vector<Ribbon>& out) const {
    const auto each = [&](auto add) {
        for (const Entry* entry : m_shown) {
            if (!entry->run().isRangeTest() || !entry->drawn) continue;
            CurveLook look = entry->look;
            look.lineWidth *= ratio;
            look.hairline *= ratio;
            add(*entry, look);
        }
    };
    if (place == PlotPlace::TestSlope) {
        for (const auto& group : m_testGroups) group->addLowerBand(out);
        each([&](const Entry& entry, const CurveLook& look) { entry.test.addLower(look, out); });
        for (const auto& group : m_testGroups) group->addLowerLine(ratio, out);
        return;
    }
    addTestZones(frame, out);
    for (const auto& group : m_testGroups) group->addDivergence(out);
    for (const auto& group : m_testGroups) group->addLossBand(out);
    each([&](const Entry& entry, const CurveLook& look) { entry.test.addRaw(look, out); });
    each([&](const Entry& entry, const CurveLook& look) { entry.test.addValidation(look, out); });
    each([&](const Entry& entry, const CurveLook& look) { entry.test.addLoss(look, out); });
    for (const auto& group : m_testGroups) group->addLossLine(ratio, out);
}

AxisRange Figure::fittedLower(const std::vector<const RunCurves*>& tests) const {
    return m_view.testLower == TestLower::Slope ? fittedTestSlope(tests) : fittedTestAccuracy(tests);
}

QString Figure::testLossLabel() const {
    bool any = false;
    bool smoothed = false;
    for (const Entry* entry : m_shown) {
        if (!entry->run().isRangeTest()) continue;
        any = true;
        smoothed |= entry->run().config.rangeTest->smoothing > 0.0;
    }
    return smoothed || !any ? tr("Smoothed loss") : tr("Loss");
}

} // namespace ratescope
