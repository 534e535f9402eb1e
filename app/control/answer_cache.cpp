// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/control/answer_cache.h"

#include <QMetaObject>

namespace ratescope {

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
    if (entry.key == key && key.steps > 0) return entry.answers;
    if (key.steps <= quickSteps) {
        entry = {key, std::make_shared<const RangeAnswers>(answersOf(*test))};
        return entry.answers;
    }
    if (!isOver(test->state)) return entry.answers;
    entry.key = key;
    m_pool.start([this, test, key] { // a test that is over changes no more
        auto answers = std::make_shared<const RangeAnswers>(answersOf(*test));
        QMetaObject::invokeMethod(this, [this, id = test->id, key, answers = std::move(answers)] {
            const auto found = m_entries.find(id);
            if (found == m_entries.end() || found->second.key != key) return;
            found->second.answers = answers;
            Q_EMIT ready();
        });
    });
    return entry.answers;
}

} // namespace ratescope
