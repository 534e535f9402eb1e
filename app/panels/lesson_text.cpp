// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/panels/lesson_text.h"

#include <QCoreApplication>

namespace ratescope {

namespace {

// The lessons are experiment files in English: their words stand here once more, so that lupdate finds them. A test holds
// them against the files.
constexpr const char* texts[] = {
    QT_TRANSLATE_NOOP("lessons", "Five learning rates on one softmax layer"),
    QT_TRANSLATE_NOOP("lessons",
                      "All five runs start from the **same weights** and see the **same batches in the same order**: "
                      "whatever differs, the learning rate did it.\n\nWatch how the smallest rates crawl, "
                      "how 0.1 and 1 settle soonest, and how 10 jumps about without ever settling. "
                      "Switch the loss to a logarithmic axis with **L**."),
    QT_TRANSLATE_NOOP("lessons", "Does a schedule beat a constant rate?"),
    QT_TRANSLATE_NOOP(
        "lessons",
        "One network, five ways to spend the same number of steps. "
        "A constant rate of 0.5 learns quickly and then keeps jittering; each schedule that comes down in the end "
        "**lets the loss settle**.\n\nCompare the last validation circles rather than the first hundred steps."),
    QT_TRANSLATE_NOOP("lessons", "From a range test to cyclical rates"),
    QT_TRANSLATE_NOOP(
        "lessons", "The range test sweeps the rate from tiny to huge in 100 steps. "
                   "Where the smoothed loss **falls fastest** is a good upper bound for a cyclical schedule; a tenth "
                   "of that is a fair lower one.\n\nThe three modes differ in how high the later triangles are."),
    QT_TRANSLATE_NOOP("lessons", "Momentum is a larger rate in disguise"),
    QT_TRANSLATE_NOOP("lessons", "Momentum 0.9 lets a gradient act about ten times, "
                                 "so **rate 0.01 with momentum** behaves much like **rate 0.1 without**. "
                                 "Nesterov's version looks ahead before it takes the step."),
    QT_TRANSLATE_NOOP("lessons", "Can a range test be trusted?"),
    QT_TRANSLATE_NOOP(
        "lessons",
        "Three sweeps that differ in their **seed** alone, and a test that begins **anew at each rate**: see how far "
        "their answers lie apart. The smoothing makes a sweep lag behind, so its loss falls later than the network "
        "learns.\n\nThe **sensitivity sweep** trains a whole epoch at each rate: that is what the tests try to "
        "foretell. Whose suggestion lies in its good zone?"),
};

} // namespace

std::span<const char* const> lessonTexts() { return texts; }

QString lessonText(const QString& text) {
    return text.isEmpty() ? text : QCoreApplication::translate("lessons", text.toUtf8().constData());
}

} // namespace ratescope
