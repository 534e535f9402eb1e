// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/answer_cache.h"

#include <QMetaObject>

namespace ratescope {

namespace {

std::shared_ptr<const AnswerCache::Known> knownOf(const RunRecord& test) {
    const RangeCurve curve = rangeCurveOf(test);
    return std::make_shared<const AnswerCache::Known>(AnswerCache::Known{answersOf(test, curve), zonesOf(test, curve)});
}

} // namespace

AnswerCache::AnswerCache(QObject* parent)
    : QObject(parent) {
    m_pool.setMaxThreadCount(1);
}

AnswerCache::~AnswerCache() {
    m_pool.clear();
    m_pool.waitForDone(); // what is being worked out tells this
}

AnswerCache::Pointer AnswerCache::get(const RunPointer& test) {
    if (!test || !test->isRangeTest()) return nullptr;
    const Key key{test->stepCount(), test->state, *test->config.rangeTest};
    Entry& entry = m_entries[test->id];
    if (entry.key == key && key.steps > 0) return entry.known;
    if (key.steps <= quickSteps) {
        entry = {key, knownOf(*test)};
        return entry.known;
    }
    if (!isOver(test->state)) return entry.known;
    entry.key = key;
    m_pool.start([this, test, key] { // a test that is over changes no more
        auto known = knownOf(*test);
        QMetaObject::invokeMethod(this, [this, id = test->id, key, known = std::move(known)] {
            const auto found = m_entries.find(id);
            if (found == m_entries.end() || found->second.key != key) return;
            found->second.known = known;
            Q_EMIT ready();
        });
    });
    return entry.known;
}

} // namespace ratescope
