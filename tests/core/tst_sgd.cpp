// SPDX-License-Identifier: GPL-3.0-or-later
#include "approx.h"
#include "problems.h"

#include "core/optimizer/optimizer.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace ratescope;

namespace {

using Weights = std::array<double, 3>;

struct Trajectory {
    const char* name;
    double momentum;
    double nesterov;
    double weightDecay;
    std::array<Weights, 8> after;
};

// torch.optim.SGD on a tensor of two and one of one weight, w[k] = sin(k + 1), with the gradient cos(0.5·k + 0.9·s) and
// the rate 0.2/(1 + 0.3·s) at step s; the weights after each step.
constexpr Trajectory trajectories[] = {
    {"plain",
     0,
     0,
     0,
     {{{0.64147097, 0.73378092, 0.03305954},
       {0.54583865, 0.70763212, 0.08279640},
       {0.57423890, 0.79091662, 0.20057419},
       {0.66940439, 0.89600027, 0.28984788},
       {0.75092787, 0.94825697, 0.30004355},
       {0.76779151, 0.92556399, 0.24334997},
       {0.72245628, 0.85931551, 0.17240819},
       {0.65794927, 0.80322534, 0.13846771}}}},
    {"weight decay",
     0,
     0,
     0.05,
     {{{0.63305622, 0.72468793, 0.03164835},
       {0.53255427, 0.69296461, 0.08114175},
       {0.55762607, 0.77191806, 0.19841242},
       {0.64985669, 0.87293899, 0.28664184},
       {0.72842628, 0.92122781, 0.29553461},
       {0.74237621, 0.89484990, 0.23765889},
       {0.69438964, 0.82540554, 0.16586833},
       {0.62764269, 0.76665276, 0.13139279}}}},
    {"momentum",
     0.9,
     0,
     0,
     {{{0.64147097, 0.73378092, 0.03305954},
       {0.40737712, 0.58612072, 0.00798532},
       {0.26459625, 0.56142867, 0.10742758},
       {0.25154889, 0.64779836, 0.27206802},
       {0.32293102, 0.76718789, 0.41023424},
       {0.39632931, 0.83905143, 0.46296829},
       {0.40997490, 0.83055043, 0.43440208},
       {0.35656044, 0.76754981, 0.37724003}}}},
    {"nesterov",
     0.9,
     1,
     0,
     {{{0.46147096, 0.57581604, -0.06419485},
       {0.15515418, 0.41677305, -0.03702480},
       {0.05505166, 0.47783473, 0.17025104},
       {0.13847451, 0.66065115, 0.40770113},
       {0.28424191, 0.82035846, 0.54224640},
       {0.36716405, 0.86234266, 0.53301346},
       {0.33410987, 0.78844333, 0.43636209},
       {0.22152984, 0.67565262, 0.35097578}}}},
    {"momentum and weight decay",
     0.5,
     0,
     0.1,
     {{{0.62464154, 0.71559495, 0.03023715},
       {0.43600342, 0.60393608, 0.03686156},
       {0.38231939, 0.63430995, 0.15686977},
       {0.45085666, 0.74550569, 0.29502198},
       {0.55787712, 0.83900142, 0.36219227},
       {0.61736679, 0.85073453, 0.33215609},
       {0.59417969, 0.78364742, 0.24543275},
       {0.51536769, 0.69220406, 0.17074345}}}},
    {"nesterov and weight decay",
     0.8,
     1,
     0.05,
     {{{0.46632445, 0.57700032, -0.05592899},
       {0.18512534, 0.43105859, -0.01952198},
       {0.11587634, 0.50114089, 0.18375362},
       {0.22107115, 0.67846471, 0.40022177},
       {0.37335539, 0.81870943, 0.50384748},
       {0.45154482, 0.83608198, 0.46522677},
       {0.41190952, 0.74241740, 0.34888959},
       {0.29868910, 0.61949158, 0.25416964}}}},
};

OptimizerSpec sgd(double momentum, double nesterov, double weightDecay) {
    OptimizerSpec spec;
    spec.values.set("momentum", momentum);
    spec.values.set("nesterov", nesterov);
    spec.values.set("weight_decay", weightDecay);
    return spec;
}

} // namespace

class TestSgd : public QObject {
    Q_OBJECT

private slots:
    void followsTorch_data() {
        QTest::addColumn<int>("index");
        for (int i = 0; i < int(std::size(trajectories)); ++i) QTest::newRow(trajectories[i].name) << i;
    }
    void followsTorch() {
        QFETCH(int, index);
        const Trajectory& expected = trajectories[index];
        std::array<float, 3> values{};
        std::array<float, 3> gradients{};
        for (std::size_t k = 0; k < 3; ++k) values[k] = static_cast<float>(std::sin(double(k + 1)));
        const std::vector<ParameterView> tensors{
            {"0.weight", {1, 2}, std::span(values).first(2), std::span(gradients).first(2)},
            {"0.bias", {1}, std::span(values).last(1), std::span(gradients).last(1)}};
        const auto optimizer = makeOptimizer(sgd(expected.momentum, expected.nesterov, expected.weightDecay), tensors);
        for (std::size_t s = 0; s < expected.after.size(); ++s) {
            const auto time = static_cast<double>(s);
            for (std::size_t k = 0; k < 3; ++k)
                gradients[k] = static_cast<float>(std::cos(0.5 * double(k) + 0.9 * time));
            optimizer->step(0.2 / (1.0 + 0.3 * time));
            for (std::size_t k = 0; k < 3; ++k)
                QVERIFY2(std::abs(values[k] - expected.after[s][k]) < 3e-7,
                         differ(values[k], expected.after[s][k]).c_str());
        }
    }

    void defaultsAreThePlainRule() {
        std::array<float, 1> value{1.0F};
        std::array<float, 1> gradient{0.5F};
        const std::vector<ParameterView> tensors{{"0.bias", {1}, value, gradient}};
        const auto optimizer = makeOptimizer({}, tensors);
        optimizer->step(0.25);
        optimizer->step(0.25);
        QCOMPARE(value[0], 0.75F);
        QCOMPARE(gradient[0], 0.5F);
    }

    void validates_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("says"); // empty: allowed
        QTest::newRow("no momentum") << "sgd"
                                     << "momentum" << 0.0 << "";
        QTest::newRow("most momentum") << "sgd"
                                       << "momentum" << 0.9999 << "";
        QTest::newRow("negative momentum")
            << "sgd"
            << "momentum" << -0.1 << "momentum: is -0.1; allowed: a number from 0 to 0.9999";
        QTest::newRow("momentum 1") << "sgd"
                                    << "momentum" << 1.0 << "momentum: is 1; allowed: a number from 0 to 0.9999";
        QTest::newRow("momentum NaN") << "sgd"
                                      << "momentum" << std::nan("") << "momentum: is nan; allowed";
        QTest::newRow("negative decay") << "sgd"
                                        << "weight_decay" << -1e-9
                                        << "weight_decay: is -1e-09; allowed: a number from 0 to 10";
        QTest::newRow("huge decay") << "sgd"
                                    << "weight_decay" << 11.0 << "weight_decay: is 11";
        QTest::newRow("unknown parameter") << "sgd"
                                           << "beta" << 0.9 << "beta: the optimizer sgd has no parameter of this name";
        QTest::newRow("nesterov alone") << "sgd"
                                        << "nesterov" << 1.0 << "nesterov: needs a momentum above 0";
        QTest::newRow("unknown type") << "sdg"
                                      << "momentum" << 0.9 << "type: “sdg” is no optimizer; allowed: sgd";
    }
    void validates() {
        QFETCH(QString, type);
        QFETCH(QString, parameter);
        QFETCH(double, value);
        QFETCH(QString, says);
        OptimizerSpec spec{type.toStdString(), {}};
        spec.values.set(parameter.toStdString(), value);
        const std::string text = problemText(validateOptimizer(spec));
        QCOMPARE(text.empty(), says.isEmpty());
        QVERIFY2(contains(text, says.toStdString()), text.c_str());
    }

    void nesterovWithMomentumIsFine() { QVERIFY(validateOptimizer(sgd(0.9, 1, 0)).empty()); }

    void refusesAnUnknownType() {
        const std::string text = errorOf([] { makeOptimizer({"adamm", {}}, {}); });
        QVERIFY2(contains(text, "“adamm” is no optimizer"), text.c_str());
    }
};

QTEST_APPLESS_MAIN(TestSgd)
#include "tst_sgd.moc"
