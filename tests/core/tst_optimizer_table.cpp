// SPDX-License-Identifier: GPL-3.0-or-later
#include "problems.h"

#include "core/optimizer/optimizer.h"

#include <QTest>

#include <cmath>
#include <map>
#include <set>

using namespace ratescope;

class TestOptimizerTable : public QObject {
    Q_OBJECT

private slots:
    void everyRuleIsDescribed();
    void defaultsAreTorchs();
    void validates_data();
    void validates();
    void refusesAnUnknownType();
};

void TestOptimizerTable::everyRuleIsDescribed() {
    std::vector<std::string> types;
    std::set<std::string> labels;
    for (const OptimizerInfo& info : optimizerTable()) {
        types.push_back(info.type);
        QVERIFY2(!info.label.empty() && labels.insert(info.label).second, info.type.c_str());
        QVERIFY2(info.meaning.ends_with('.') && !info.source.empty() && info.make, info.type.c_str());
        QVERIFY2(info.suggestedRate > 0.0 && info.suggestedRate <= 1.0, info.type.c_str());
        QCOMPARE(findOptimizer(info.type), &info);
        ParameterValues defaults;
        std::set<std::string> parameterLabels;
        for (const ParameterInfo& parameter : info.parameters) {
            const std::string place = info.type + "." + parameter.name;
            QVERIFY2(!defaults.contains(parameter.name), place.c_str());
            QVERIFY2(!parameter.label.empty() && parameterLabels.insert(parameter.label).second, place.c_str());
            QVERIFY2(parameter.meaning.ends_with('.'), place.c_str());
            QVERIFY2(parameter.fallback && !parameter.required && std::isfinite(parameter.minimum) &&
                         std::isfinite(parameter.maximum), place.c_str());
            defaults.set(parameter.name, *parameter.fallback);
        }
        QCOMPARE(problemText(validateOptimizer({info.type, defaults})), std::string());
        QCOMPARE(problemText(validateOptimizer({info.type, {}})), std::string());
    }
    const std::vector<std::string> expected = {"sgd",   "adam",    "adamw",    "rmsprop",  "nadam", "adamax",
                                               "radam", "adagrad", "adadelta", "adabound", "rprop", "local_gains"};
    QCOMPARE(types, expected);
    QCOMPARE(OptimizerSpec().type, std::string("sgd"));
}

void TestOptimizerTable::defaultsAreTorchs() {
    using Defaults = std::map<std::string, double>;
    const Defaults adam = {{"beta1", 0.9}, {"beta2", 0.999}, {"eps", 1e-8}, {"weight_decay", 0}};
    const auto with = [](Defaults defaults, const Defaults& more) {
        for (const auto& [name, value] : more) defaults[name] = value;
        return defaults;
    };
    const std::map<std::string, Defaults> expected = {
        {"sgd", {{"momentum", 0}, {"dampening", 0}, {"nesterov", 0}, {"weight_decay", 0}}},
        {"adam", with(adam, {{"amsgrad", 0}})},
        {"adamw", with(adam, {{"weight_decay", 0.01}, {"amsgrad", 0}})},
        {"rmsprop", {{"alpha", 0.99}, {"eps", 1e-8}, {"weight_decay", 0}, {"momentum", 0}, {"centered", 0}}},
        {"nadam", with(adam, {{"momentum_decay", 0.004}})},
        {"adamax", adam},
        {"radam", adam},
        {"adagrad", {{"lr_decay", 0}, {"weight_decay", 0}, {"initial_accumulator_value", 0}, {"eps", 1e-10}}},
        {"adadelta", {{"rho", 0.9}, {"eps", 1e-6}, {"weight_decay", 0}}},
        {"adabound", with(adam, {{"final_lr", 0.1}, {"gamma", 0.001}, {"amsbound", 0}})},
        {"rprop", {{"eta_minus", 0.5}, {"eta_plus", 1.2}, {"min_step", 1e-6}, {"max_step", 50}}},
        {"local_gains", {{"increase", 0.05}, {"decrease", 0.95}, {"min_gain", 0.1}, {"max_gain", 10}}},
    };
    std::map<std::string, Defaults> found;
    for (const OptimizerInfo& info : optimizerTable())
        for (const ParameterInfo& parameter : info.parameters) found[info.type][parameter.name] = parameter.fallback.value();
    for (const auto& [type, defaults] : expected) QVERIFY2(found[type] == defaults, type.c_str());
    QCOMPARE(found.size(), expected.size());
}

void TestOptimizerTable::validates_data() {
    using Values = QVariantMap;
    QTest::addColumn<QString>("type");
    QTest::addColumn<QVariantMap>("values");
    QTest::addColumn<QString>("says"); // all of it but the last line's end; empty: allowed
    const auto row = [](const char* name, const char* type, const Values& values, const char* says = "") {
        QTest::newRow(name) << type << values << says;
    };
    const double nan = std::nan("");
    row("no momentum", "sgd", {{"momentum", 0.0}});
    row("most momentum", "sgd", {{"momentum", 0.9999}});
    row("negative momentum", "sgd", {{"momentum", -0.1}}, "momentum: is -0.1; allowed: a number from 0 to 0.9999");
    row("momentum 1", "sgd", {{"momentum", 1.0}}, "momentum: is 1; allowed: a number from 0 to 0.9999");
    row("momentum NaN", "sgd", {{"momentum", nan}}, "momentum: is nan; allowed: a number from 0 to 0.9999");
    row("dampening 1", "sgd", {{"dampening", 1.0}});
    row("dampening above 1", "sgd", {{"dampening", 1.1}}, "dampening: is 1.1; allowed: a number from 0 to 1");
    row("negative decay", "sgd", {{"weight_decay", -1e-9}}, "weight_decay: is -1e-09; allowed: a number from 0 to 10");
    row("huge decay", "adam", {{"weight_decay", 11.0}}, "weight_decay: is 11; allowed: a number from 0 to 10");
    row("unknown parameter", "sgd", {{"beta1", 0.9}}, "beta1: the optimizer sgd has no parameter of this name");
    row("nesterov", "sgd", {{"nesterov", 1.0}, {"momentum", 0.9}});
    row("nesterov alone", "sgd", {{"nesterov", 1.0}}, "nesterov: needs a momentum above 0");
    row("nesterov dampened", "sgd", {{"nesterov", 1.0}, {"momentum", 0.9}, {"dampening", 0.1}},
        "nesterov: needs a dampening of 0");
    row("nesterov, both wrong", "sgd", {{"nesterov", 1.0}, {"dampening", 0.1}},
        "nesterov: needs a momentum above 0\nnesterov: needs a dampening of 0");
    row("nesterov, range first", "sgd", {{"nesterov", 1.0}, {"momentum", -1.0}},
        "momentum: is -1; allowed: a number from 0 to 0.9999");
    row("flag 2", "adam", {{"amsgrad", 2.0}}, "amsgrad: is 2; allowed: true or false");
    row("betas 0", "adam", {{"beta1", 0.0}, {"beta2", 0.0}});
    row("beta 1", "nadam", {{"beta2", 1.0}}, "beta2: is 1; allowed: a number from 0 to 0.999999");
    row("negative beta", "adamw", {{"beta1", -0.5}}, "beta1: is -0.5; allowed: a number from 0 to 0.999999");
    row("eps 0", "adam", {{"eps", 0.0}});
    row("negative eps", "radam", {{"eps", -1e-8}}, "eps: is -1e-08; allowed: a number from 0 to 1");
    row("alpha 1", "rmsprop", {{"alpha", 1.0}}, "alpha: is 1; allowed: a number from 0 to 0.999999");
    row("gamma 0", "adabound", {{"gamma", 0.0}}, "gamma: is 0; allowed: a number above 0 and at most 1");
    row("shrinking growth", "rprop", {{"eta_plus", 1.0}}, "eta_plus: is 1; allowed: a number above 1 and at most 100");
    row("growing shrinkage", "rprop", {{"eta_minus", 1.0}},
        "eta_minus: is 1; allowed: a number above 0 and at most 0.999999");
    row("one step size", "rprop", {{"min_step", 0.1}, {"max_step", 0.1}});
    row("step sizes crossed", "rprop", {{"min_step", 60.0}}, "min_step: is 60, above the largest step of 50");
    row("gains bounded at 1", "local_gains", {{"min_gain", 1.0}, {"max_gain", 1.0}});
    row("least gain above 1", "local_gains", {{"min_gain", 1.5}}, "min_gain: is 1.5; allowed: a number from 0 to 1");
    row("unknown type", "sdg", {{"momentum", 0.9}},
        "type: “sdg” is no optimizer; allowed: sgd, adam, adamw, rmsprop, nadam, adamax, radam, adagrad, adadelta, "
        "adabound, rprop, local_gains");
}

void TestOptimizerTable::validates() {
    QFETCH(const QString, type);
    QFETCH(const QVariantMap, values);
    QFETCH(const QString, says);
    OptimizerSpec spec{type.toStdString(), {}};
    for (auto it = values.begin(); it != values.end(); ++it) spec.values.set(it.key().toStdString(), it->toDouble());
    QCOMPARE(QString::fromStdString(problemText(validateOptimizer(spec))), says.isEmpty() ? says : says + '\n');
}

void TestOptimizerTable::refusesAnUnknownType() {
    QCOMPARE(errorOf([] { makeOptimizer({"adamm", {}}, 3); }), std::string("“adamm” is no optimizer"));
    QCOMPARE(findOptimizer("adamm"), nullptr);
}

QTEST_APPLESS_MAIN(TestOptimizerTable)
#include "tst_optimizer_table.moc"
