// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "optimizer_references.h"
#include "problems.h"

#include "core/optimizer/optimizer.h"

#include <QTest>

#include <array>
#include <cmath>
#include <cstring>
#include <span>

using namespace ratescope;

namespace {

OptimizerSpec specOf(const OptimizerReference& reference) {
    OptimizerSpec spec{reference.type, {}};
    for (const auto& [name, value] : reference.parameters) spec.values.set(name, value);
    return spec;
}

OptimizerSpec specOf(std::string type, std::initializer_list<std::pair<const char*, double>> values = {}) {
    OptimizerSpec spec{std::move(type), {}};
    for (const auto& [name, value] : values) spec.values.set(name, value);
    return spec;
}

/// Weights that an optimizer moves with gradients from a formula; more of them than fit into whole vectors.
class Course {
public:
    explicit Course(const OptimizerSpec& spec, std::size_t count = 1003)
        : optimizer(makeOptimizer(spec, count))
        , weights(count)
        , m_gradients(count) {
        for (std::size_t k = 0; k < count; ++k) weights[k] = static_cast<float>(std::sin(0.7 * double(k) + 1.0));
    }

    /// Two stretches, cut at `border`, each with a multiplier of its own.
    void step(double rate, std::size_t border, double first = 1.0, double second = 1.0) {
        begin(rate);
        update(0, border, first);
        update(border, weights.size() - border, second);
    }
    void step(double rate, double multiplier = 1.0) { step(rate, weights.size(), multiplier); }

    void begin(double rate) {
        for (std::size_t k = 0; k < weights.size(); ++k) {
            const double wave = std::cos(0.37 * double(k) * double(k) + 0.9 * m_time) * std::exp(-0.01 * double(k % 700));
            m_gradients[k] = k % 50 == 7 ? 0.0F : static_cast<float>(wave);
        }
        m_time += 1.0;
        optimizer->beginStep(rate);
    }
    void update(std::size_t offset, std::size_t count, double multiplier) {
        optimizer->update({weights.data() + offset, m_gradients.data() + offset, offset, count, multiplier});
    }

    std::unique_ptr<Optimizer> optimizer;
    std::vector<float> weights;

private:
    std::vector<float> m_gradients;
    double m_time = 0.0;
};

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size_bytes()) == 0;
}

void addReferenceRows() {
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(optimizerReferences().size()); ++i)
        QTest::newRow(optimizerReferences()[std::size_t(i)].name) << i;
}

const OptimizerReference& referenceAt(int index) {
    return optimizerReferences()[static_cast<std::size_t>(index)];
}

constexpr int courseSteps = 12;

} // namespace

class TestOptimizers : public QObject {
    Q_OBJECT

private slots:
    void followsTheReference_data() { addReferenceRows(); }
    void followsTheReference();
    void sameBitsInSlices_data() { addReferenceRows(); }
    void sameBitsInSlices();
    void restoredGoesOnWithTheSameBits_data() { addReferenceRows(); }
    void restoredGoesOnWithTheSameBits();
    void multiplierScalesTheRate_data() { addReferenceRows(); }
    void multiplierScalesTheRate();
    void multiplierOfZeroFreezes_data() { addReferenceRows(); }
    void multiplierOfZeroFreezes();
    void refusesAnothersState_data();
    void refusesAnothersState();
    void weightsWithoutGradientStay_data();
    void weightsWithoutGradientStay();
    void boundsOfAdaboundLeaveOutTheMultiplier();
    void adaboundBeginsWithTheFirstRateAboveZero();
    void centredVarianceIsNotNegative();
    void gainsOfTinyGradientsGrow();
    void hasTheBuffersItNeeds_data();
    void hasTheBuffersItNeeds();
};

void TestOptimizers::followsTheReference() {
    QFETCH(const int, index);
    const OptimizerReference& expected = referenceAt(index);
    std::array<float, 4> weights{};
    std::array<float, 4> gradients{};
    for (std::size_t k = 0; k < 4; ++k) weights[k] = static_cast<float>(referenceWeight(k));
    QCOMPARE(problemText(validateOptimizer(specOf(expected))), std::string());
    const auto optimizer = makeOptimizer(specOf(expected), 4);
    for (std::size_t s = 0; s < std::size(expected.weights); ++s) {
        for (std::size_t k = 0; k < 4; ++k) gradients[k] = static_cast<float>(referenceGradient(s, k));
        optimizer->beginStep(referenceRate(expected.rate, s));
        optimizer->update({weights.data(), gradients.data(), 0, 4});
        for (std::size_t k = 0; k < 4; ++k) {
            const double limit = 3e-7 * std::max(1.0, std::abs(expected.weights[s][k]));
            QVERIFY2(std::abs(weights[k] - expected.weights[s][k]) < limit,
                     ("step " + std::to_string(s) + ", weight " + std::to_string(k) + ": " +
                      differ(weights[k], expected.weights[s][k])).c_str());
        }
    }
}

void TestOptimizers::sameBitsInSlices() {
    QFETCH(const int, index);
    const OptimizerReference& reference = referenceAt(index);
    Course whole(specOf(reference));
    Course cut(specOf(reference));
    for (std::size_t s = 0; s < courseSteps; ++s) {
        whole.step(referenceRate(reference.rate, s));
        cut.begin(referenceRate(reference.rate, s));
        // Lengths and borders beside all vector lengths, others in each step, and not in order.
        const std::size_t borders[] = {0, 1, 4, 11 + s, 28 + s, 61 + 2 * s, 400 + 5 * s, 1003};
        for (const std::size_t i : {6, 0, 3, 1, 5, 2, 4}) cut.update(borders[i], borders[i + 1] - borders[i], 1.0);
    }
    QVERIFY(sameBits(whole.weights, cut.weights));
    QVERIFY(whole.optimizer->state() == cut.optimizer->state());
}

void TestOptimizers::restoredGoesOnWithTheSameBits() {
    QFETCH(const int, index);
    const OptimizerReference& reference = referenceAt(index);
    Course course(specOf(reference));
    std::size_t s = 0;
    for (; s < courseSteps / 2; ++s) course.step(referenceRate(reference.rate, s));
    const OptimizerState state = course.optimizer->state();
    QCOMPARE(state.steps, std::uint64_t(courseSteps / 2));
    Course other(specOf(reference));
    for (std::size_t i = 0; i < s; ++i) other.step(7.0); // to the same gradients, with numbers that restore() must replace
    other.weights = course.weights;
    other.optimizer->restore(state);
    QVERIFY(other.optimizer->state() == state);
    for (; s < courseSteps; ++s) {
        course.step(referenceRate(reference.rate, s));
        other.step(referenceRate(reference.rate, s));
    }
    QVERIFY(sameBits(course.weights, other.weights));
    QVERIFY(course.optimizer->state() == other.optimizer->state());
}

/// A power of two, so that rate·multiplier is exact whichever way it comes about. For AdaBound this holds because its bounds
/// go by the ratio of the rates.
void TestOptimizers::multiplierScalesTheRate() {
    QFETCH(const int, index);
    const OptimizerReference& reference = referenceAt(index);
    const OptimizerSpec spec = specOf(reference);
    constexpr std::size_t border = 499;
    Course both(spec);
    Course full(spec);
    Course quarter(spec);
    for (std::size_t s = 0; s < courseSteps; ++s) {
        const double rate = referenceRate(reference.rate, s);
        both.step(rate, border, 1.0, 0.25);
        full.step(rate);
        quarter.step(0.25 * rate);
    }
    QVERIFY(sameBits(std::span(both.weights).first(border), std::span(full.weights).first(border)));
    QVERIFY(sameBits(std::span(both.weights).subspan(border), std::span(quarter.weights).subspan(border)));
    // Under Rprop's smallest step and over AdaBound's bounds, where these two are, the rate itself has no say.
    const bool isUnderBounds = spec.values.contains("min_step") && reference.rate < 1e-6;
    const bool isOverBounds = spec.type == "adabound" && reference.rate > 0.2;
    QCOMPARE(sameBits(full.weights, quarter.weights), isUnderBounds || isOverBounds);
}

void TestOptimizers::multiplierOfZeroFreezes() {
    QFETCH(const int, index);
    const OptimizerReference& reference = referenceAt(index);
    Course course(specOf(reference));
    const std::vector<float> before = course.weights;
    for (std::size_t s = 0; s < courseSteps; ++s) course.step(referenceRate(reference.rate, s), 500, 0.0, 1.0);
    QVERIFY(sameBits(std::span(before).first(500), std::span(course.weights).first(500)));
    QVERIFY(!sameBits(std::span(before).subspan(500), std::span(course.weights).subspan(500)));
}

void TestOptimizers::refusesAnothersState_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("fromCount");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("fits");
    QTest::newRow("itself") << "adam" << 10 << "adam" << true;
    QTest::newRow("more weights") << "adam" << 11 << "adam" << false;
    QTest::newRow("fewer weights") << "nadam" << 9 << "nadam" << false;
    QTest::newRow("fewer buffers") << "adagrad" << 10 << "adam" << false;
    QTest::newRow("more buffers") << "adam" << 10 << "rmsprop" << false;
    QTest::newRow("no buffers") << "sgd" << 10 << "rprop" << false;
    QTest::newRow("more scalars") << "nadam" << 10 << "adam" << false;
    QTest::newRow("fewer scalars") << "adam" << 10 << "adabound" << false;
}

void TestOptimizers::refusesAnothersState() {
    QFETCH(const QString, from);
    QFETCH(const int, fromCount);
    QFETCH(const QString, to);
    QFETCH(const bool, fits);
    Course source(specOf(from.toStdString()), std::size_t(fromCount));
    source.step(0.1);
    Course target(specOf(to.toStdString()), 10);
    const OptimizerState before = target.optimizer->state();
    const std::string text = errorOf([&] { target.optimizer->restore(source.optimizer->state()); });
    QCOMPARE(text, fits ? std::string() : std::string("the optimizer's state is of another rule or another network"));
    QVERIFY(target.optimizer->state() == (fits ? source.optimizer->state() : before));
}

void TestOptimizers::weightsWithoutGradientStay_data() {
    QTest::addColumn<QString>("type");
    for (const OptimizerInfo& info : optimizerTable()) QTest::newRow(info.type.c_str()) << QString::fromStdString(info.type);
}

/// As those of MNIST's pixels at the edge: no 0/0 there.
void TestOptimizers::weightsWithoutGradientStay() {
    QFETCH(const QString, type);
    OptimizerSpec spec = specOf(type.toStdString());
    if (findParameter(findOptimizer(spec.type)->parameters, "weight_decay")) spec.values.set("weight_decay", 0.0);
    const auto optimizer = makeOptimizer(spec, 2);
    std::array<float, 2> weights{0.5F, 0.5F};
    const std::array<float, 2> gradients{0.0F, 1.0F};
    for (int s = 0; s < 10; ++s) {
        optimizer->beginStep(0.1);
        optimizer->update({weights.data(), gradients.data(), 0, 2});
    }
    QCOMPARE(weights[0], 0.5F);
    QVERIFY(weights[1] < 0.499F);
}

void TestOptimizers::boundsOfAdaboundLeaveOutTheMultiplier() {
    // Both rates are far above the upper bound, which is the same for both slices.
    const OptimizerSpec spec = specOf("adabound", {{"final_lr", 0.01}, {"gamma", 0.9}});
    const auto optimizer = makeOptimizer(spec, 2);
    std::array<float, 2> weights{1.0F, 1.0F};
    const std::array<float, 2> gradients{0.3F, 0.3F};
    for (int s = 0; s < 3; ++s) {
        optimizer->beginStep(100.0);
        for (std::size_t k = 0; k < 2; ++k) optimizer->update({&weights[k], &gradients[k], k, 1, k == 0 ? 1.0 : 0.25});
    }
    QCOMPARE(weights[0], weights[1]);
    // The first means are 0.1, 0.19 and 0.271 of the gradient.
    const double moved = 0.01 * 0.3 * (0.1 * (1 + 1 / 0.9) + 0.19 * (1 + 1 / 1.8) + 0.271 * (1 + 1 / 2.7));
    VERIFY_NEAR(1.0 - weights[0], moved, 1e-4);
}

void TestOptimizers::adaboundBeginsWithTheFirstRateAboveZero() {
    Course course(specOf("adabound", {{"gamma", 0.5}}));
    const std::vector<float> before = course.weights;
    course.step(0.0);
    course.step(0.0);
    QVERIFY(sameBits(before, course.weights));
    course.step(0.02);
    QCOMPARE(course.optimizer->state().scalars, std::vector<double>{0.02});
    QVERIFY(!sameBits(before, course.weights));
    course.step(0.01);
    QCOMPARE(course.optimizer->state().scalars, std::vector<double>{0.02});
    for (const float weight : course.weights) QVERIFY(std::isfinite(weight));
    const std::vector<float> after = course.weights;
    course.step(0.0);
    QVERIFY(sameBits(after, course.weights));
}

void TestOptimizers::centredVarianceIsNotNegative() {
    // With an alpha of 0 the variance is the rounding error of a square alone, below 0 for about half of these.
    Course course(specOf("rmsprop", {{"alpha", 0.0}, {"centered", 1.0}}));
    course.step(1e-6);
    for (const float weight : course.weights) QVERIFY(std::isfinite(weight));
}

void TestOptimizers::gainsOfTinyGradientsGrow() {
    const auto optimizer = makeOptimizer(specOf("local_gains"), 1);
    float weight = 0.0F;
    const float gradient = 1e-30F; // its square is 0
    for (int s = 0; s < 3; ++s) {
        optimizer->beginStep(1.0);
        optimizer->update({&weight, &gradient, 0, 1});
    }
    VERIFY_NEAR(weight, -3.15e-30, 1e-6);
}

void TestOptimizers::hasTheBuffersItNeeds_data() {
    QTest::addColumn<int>("index");
    QTest::addColumn<int>("buffers");
    for (std::size_t i = 0; i < optimizerReferences().size(); ++i) {
        const OptimizerReference& reference = optimizerReferences()[i];
        const OptimizerSpec spec = specOf(reference);
        const std::string& type = spec.type;
        int buffers = type == "sgd" ? 0 : type == "rmsprop" || type == "adagrad" ? 1 : 2;
        for (const char* option : {"momentum", "amsgrad", "amsbound", "centered"}) buffers += spec.values.get(option, 0) > 0;
        QTest::newRow(reference.name) << int(i) << buffers;
    }
}

void TestOptimizers::hasTheBuffersItNeeds() {
    QFETCH(const int, index);
    QFETCH(const int, buffers);
    const OptimizerState state = makeOptimizer(specOf(referenceAt(index)), 17)->state();
    QCOMPARE(int(state.buffers.size()), buffers);
    for (const std::vector<float>& buffer : state.buffers) QCOMPARE(buffer.size(), std::size_t(17));
}

QTEST_APPLESS_MAIN(TestOptimizers)
#include "tst_optimizers.moc"
