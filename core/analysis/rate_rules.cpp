// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/rate_rules.h"

#include "core/analysis/range_noise.h"
#include "core/analysis/rate_zones.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

namespace ratescope {

namespace {

constexpr std::size_t leastPoints = 3;
constexpr std::size_t slideGap = 15; ///< points between the marks of `slide`
constexpr double slideThreshold = 0.005;

constexpr const char* tooFew =
    "Too few points: a rule leaves out the first tenth and the last five and needs three between.";
constexpr const char* tooFewForSlide =
    "Too few points: this rule leaves out the first tenth and the last five and needs "
    "sixteen between.";
constexpr const char* neverFalls = "The smoothed loss falls at none of the rates.";
constexpr const char* neverBelow =
    "The smoothed loss never comes below the loss at the first rate: nothing is learned.";
constexpr const char* onlyNoise =
    "The smoothed loss falls no further than the noise of the losses alone would make it.";

/// The part of a curve that the rules look at, and what keeps all of them from an answer.
struct Stretch {
    std::span<const double> rates;
    std::span<const double> smoothed;
    const char* obstacle = nullptr;

    explicit Stretch(const RangeCurve& curve) {
        const IndexRange range = ruleRange(curve);
        rates = std::span(curve.rates).subspan(range.first, range.size());
        smoothed = std::span(curve.smoothed).subspan(range.first, range.size());
        if (range.size() < leastPoints)
            obstacle = tooFew;
        else if (!(largestFall(smoothed) > 0.0))
            obstacle = neverFalls;
        else if (!fallsBeyondNoise(curve.losses, range.first, range.last, curve.beta))
            obstacle = onlyNoise;
        else if (!(std::ranges::min(smoothed) < curve.losses.front()))
            obstacle = neverBelow; // it comes back from where it ran away to at once
    }

    /// Whether nothing of the curve is lower than its value at the last of these points, and that is its end.
    bool endsLowest(const RangeCurve& curve) const {
        const auto tail = std::span(curve.smoothed).last(curve.smoothed.size() - ruleRange(curve).last);
        double lowest = smoothed.back();
        for (const double value : tail) {
            if (!(value <= lowest)) return false; // nor is it where it runs away
            lowest = value;
        }
        return true;
    }
};

/// The slopes, and where the steepest is.
struct Slopes {
    std::vector<double> values;
    std::size_t steepest = 0;

    explicit Slopes(const Stretch& stretch) {
        std::vector<double> places(stretch.rates.size());
        std::ranges::transform(stretch.rates, places.begin(), [](double rate) { return std::log10(rate); });
        values = gradient(places, stretch.smoothed);
        steepest = static_cast<std::size_t>(std::ranges::min_element(values) - values.begin());
    }

    /// Central differences may all rise while single losses fall.
    bool fall() const { return values[steepest] < 0.0; }
};

/// Where the slope is first below a tenth of the steepest, within the stretch, and stays so until the loss has fallen
/// by more than three deviations of its noise: shorter dips are found anywhere. At last it is the stretch of the
/// steepest slope itself.
std::size_t beginningIn(const Stretch& stretch, const Slopes& slopes, const RangeCurve& curve) {
    const std::size_t first = ruleRange(curve).first;
    const double noise = noiseOf(std::span(curve.losses).subspan(first, stretch.rates.size()));
    const double clear = slopes.values[slopes.steepest] / 10.0;
    for (std::size_t begin = 0; begin < slopes.steepest; ++begin) {
        if (!(slopes.values[begin] < clear)) continue;
        std::size_t end = begin;
        while (end < slopes.steepest && slopes.values[end + 1] < clear) ++end;
        const double fall = stretch.smoothed[begin] - stretch.smoothed[end];
        if (end == slopes.steepest || fall > 3.0 * smoothedNoise(noise, curve.beta, first + begin + 1)) return begin;
        begin = end;
    }
    return slopes.steepest;
}

Suggestion steepestOf(const Stretch& stretch) {
    if (stretch.obstacle) return {"steepest", std::nullopt, stretch.obstacle};
    const Slopes slopes(stretch);
    if (!slopes.fall()) return {"steepest", std::nullopt, neverFalls};
    const double rate = stretch.rates[slopes.steepest];
    if (slopes.steepest + 1 == slopes.values.size())
        return {"steepest", rate,
                "The smoothed loss falls fastest here, at the last of the rates that count: test larger ones, "
                "unless the loss runs away behind it."};
    return {"steepest", rate, "The smoothed loss falls fastest here."};
}

Suggestion minimumOf(const Stretch& stretch, const RangeCurve& curve) {
    if (stretch.obstacle) return {"minimum", std::nullopt, stretch.obstacle};
    const auto index = static_cast<std::size_t>(std::ranges::min_element(stretch.smoothed) - stretch.smoothed.begin());
    if (index == 0)
        return {"minimum", std::nullopt, "The smoothed loss is lowest at the first rate: it never falls below it."};
    const double rate = stretch.rates[index] / 10.0;
    if (index + 1 == stretch.rates.size() && stretch.endsLowest(curve))
        return {"minimum", rate,
                "A tenth of the rate with the lowest smoothed loss. It is lowest at the very end of the test: test "
                "larger rates, unless the loss ran away there."};
    return {"minimum", rate, "A tenth of the rate with the lowest smoothed loss."};
}

/// The longest strictly decreasing subsequence of all that end first: where it ends, and its length. By the lowest
/// possible starts of continuations (Fredman 1975): last[k] is the largest value that one of length k + 1 can end with.
struct Valley {
    std::size_t end = 0;
    std::size_t length = 0;
};
Valley longestValley(std::span<const double> losses) {
    Valley longest;
    std::vector<double> last;
    for (std::size_t i = 0; i < losses.size(); ++i) {
        const auto place = std::ranges::lower_bound(last, losses[i], std::greater());
        if (place != last.end()) {
            *place = losses[i];
            continue;
        }
        last.push_back(losses[i]);
        longest = {i, last.size()};
    }
    return longest;
}

Suggestion valleyOf(const Stretch& stretch) {
    if (stretch.obstacle) return {"valley", std::nullopt, stretch.obstacle};
    const Valley valley = longestValley(stretch.smoothed);
    const std::size_t start = valley.end - std::min(valley.end, valley.length);
    // ⌊s⌋ + ⌊s/2⌋ with s = (end − start)/3
    const std::size_t index = start + (valley.end - start) / 3 + (valley.end - start) / 6;
    return {"valley", stretch.rates[index],
            "Half-way through the longest valley: the longest run of rates at which the smoothed "
            "loss keeps falling."};
}

/// d(value)/d(index), as numpy.gradient has it.
double slopeByIndex(std::span<const double> values, std::size_t i) {
    if (i == 0) return values[1] - values[0];
    if (i + 1 == values.size()) return values[i] - values[i - 1];
    return (values[i + 1] - values[i - 1]) / 2.0;
}

Suggestion slideOf(const Stretch& stretch) {
    if (stretch.obstacle) return {"slide", std::nullopt, stretch.obstacle};
    const std::span losses = stretch.smoothed;
    if (losses.size() <= slideGap) return {"slide", std::nullopt, tooFewForSlide};
    const std::size_t start = losses.size() - 1 - slideGap;
    std::size_t left = start;
    bool moved = false;
    bool met = false;
    for (std::size_t at = start + 1; at > 0; --at, moved = true) {
        met = !(std::abs(slopeByIndex(losses, at - 1 + slideGap) - slopeByIndex(losses, at - 1)) > slideThreshold);
        if (met) break;
        left = at - 1;
    }
    const double rate = stretch.rates[left];
    if (!moved)
        return {"slide", rate,
                "Two marks 15 points apart slide from the right end to the left until the slopes under them agree. "
                "They agree at once: the left mark stands here."};
    if (!met)
        return {"slide", rate,
                "Two marks 15 points apart slid from the right end to the left, and the slopes under them never "
                "agreed: the left mark came to the first of the rates that count."};
    return {"slide", rate,
            "Two marks 15 points apart slid from the right end to the left until the slopes under them agreed: the "
            "left mark came to stand here."};
}

BoundsSuggestion boundsOf(const Stretch& stretch) {
    if (stretch.obstacle) return {std::nullopt, stretch.obstacle};
    const Slopes slopes(stretch);
    if (!slopes.fall()) return {std::nullopt, neverFalls};
    const double clear = slopes.values[slopes.steepest] / 10.0;
    const auto falls = std::ranges::find_if(slopes.values, [&](double slope) { return slope < clear; });
    const auto begin = static_cast<std::size_t>(falls - slopes.values.begin());
    if (begin >= slopes.steepest)
        return {std::nullopt, "The smoothed loss falls fastest where it begins to fall: there are no rates between."};
    return {
        std::pair(stretch.rates[begin], stretch.rates[slopes.steepest]),
        "From where the smoothed loss begins to fall, its slope a tenth of its steepest, to where it falls fastest."};
}

} // namespace

IndexRange ruleRange(const RangeCurve& curve) {
    const std::size_t n = curve.smoothed.size();
    const std::size_t first = n / 10;
    const std::size_t end = n > 5 ? n - 5 : 0;
    if (end <= first) return {};
    std::size_t last = first;
    while (last < end && std::isfinite(curve.smoothed[last])) ++last;
    return {first, last};
}

Suggestion suggestSteepest(const RangeCurve& curve) {
    return steepestOf(Stretch(curve));
}

Suggestion suggestMinimum(const RangeCurve& curve) {
    return minimumOf(Stretch(curve), curve);
}

Suggestion suggestValley(const RangeCurve& curve) {
    return valleyOf(Stretch(curve));
}

Suggestion suggestSlide(const RangeCurve& curve) {
    return slideOf(Stretch(curve));
}

BoundsSuggestion suggestBounds(const RangeCurve& curve) {
    return boundsOf(Stretch(curve));
}

std::optional<std::size_t> beginningOfFall(const RangeCurve& curve) {
    const Stretch stretch(curve);
    if (stretch.obstacle) return std::nullopt;
    const Slopes slopes(stretch);
    if (!slopes.fall()) return std::nullopt;
    return ruleRange(curve).first + beginningIn(stretch, slopes, curve);
}

RangeAnswers suggestAll(const RangeCurve& curve) {
    const Stretch stretch(curve);
    return {{steepestOf(stretch), minimumOf(stretch, curve), valleyOf(stretch), slideOf(stretch)},
            boundsOf(stretch)};
}

RangeAnswers suggestFresh(const RangeCurve& curve) {
    const std::vector<double>& losses = curve.smoothed;
    const auto fallen = std::ranges::find_if(losses, [&](double loss) { return loss < 0.95 * losses.front(); });
    const auto back = std::find_if(fallen, losses.end(), [&](double loss) { return !(loss < losses.front()); });
    const auto lowest = std::min_element(losses.begin(), back);
    constexpr std::size_t leftOut = 6; // at the end, by the rules, and the lowest itself
    const std::size_t count = std::min(losses.size(), static_cast<std::size_t>(lowest - losses.begin()) + leftOut);
    RangeCurve useful = curve;
    for (std::vector<double>* values : {&useful.rates, &useful.losses, &useful.smoothed, &useful.slopes})
        values->resize(std::min(values->size(), count));
    RangeAnswers answers = suggestAll(useful);
    answers.rules.back() = {
        "slide", std::nullopt,
        "The marks of this rule need the smoothed loss of a sweep; where every rate begins anew nothing is "
        "smoothed."};
    return answers;
}

RangeAnswers suggestHalving(const RangeCurve& curve, bool held) {
    Suggestion halving{
        "halving", std::nullopt,
        "No rate has held so far: where the loss runs away at all of them, smaller ones have to be tested."};
    if (held && !curve.rates.empty())
        halving = {"halving", curve.rates.back(),
                   "The largest rate of those that were tested, each half the one before, at which the loss does not "
                   "run away."};
    return {{halving},
            {std::nullopt, "A test that halves its rate looks for one that holds, and knows nothing of slopes."}};
}

RangeAnswers suggestBest(const std::vector<double>& rates, const std::vector<double>& losses) {
    const auto refuse = [](const char* reason) {
        return RangeAnswers{{{"best", std::nullopt, reason}}, {std::nullopt, reason}};
    };
    const std::optional<GoodRates> good = goodRates(losses);
    if (losses.size() < 2) return refuse("Too few rates: the best is the best of several.");
    if (!good)
        return refuse(
            "No rate ends with a lower loss than the lowest one: smaller rates have to be tested, or longer.");
    const Suggestion best{
        "best", rates[good->best],
        good->best + 1 == losses.size()
            ? "Training with this rate ends with the lowest loss. It is the largest that was tested: test larger "
              "ones, unless the loss ran away there."
            : "Training with this rate ends with the lowest loss."};
    if (good->first == good->last)
        return {{best}, {std::nullopt, "No other rate comes near the best: test rates that lie closer together."}};
    return {{best},
            {std::pair(rates[good->first], rates[good->last]),
             "The rates around the best at which at most a tenth of what it gains over the lowest rate is missing."}};
}

} // namespace ratescope
