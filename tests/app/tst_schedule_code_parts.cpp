// SPDX-License-Identifier: GPL-3.0-or-later
// What surrounds the schedule in its code: network, optimizer, layers' rates, words; and formulas, against muParser's
// values.
#include "app/study/python_expression.h"
#include "app/study/run_config_json.h"
#include "app/study/schedule_code.h"
#include "core/schedule/schedule.h"
#include "tests/app/snippet_runs.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace ratescope;

namespace {

const FormulaVariables places[] = {
    {0, 100, 0, 0.1}, {1, 100, 0, 0.1}, {2.5, 100, 1, 0.3}, {37, 100, 3, 0.02}, {100, 100, 9, 1}};

const char* const formulas[] = {
    "lr", "1", ".5", "5.", "1e-3*t", "2^3^2", "-2^2", "2^-t", "2^-t*3", "2^-2^0.5", "(-2)^2", "-t*2+1", "- t - -lr",
    "2*-t", "+t", "-(t+1)^2", "8/4/2", "8-4-2", "8/(4/2)", "8-(4-2)", "8-(4+2)", "2*(3+4)", "(2*3)+4", "t/(T*2)",
    "t/T*2", "2^(t/T)", "(t+1)^(1/3)", "1<2<3", "3>2>1", "(3>2)>1", "3>(2>1)", "1==1==1", "2==2==2", "t<T == 1", "t!=0",
    "t>=1 && t<=40", "t<1 || t>40 && epoch>5", "(t<1 || t>40) && epoch>5", "1 && 2", "0 || 3", "(t>1)*2+(t<2)",
    "t && lr", "-(t>1)", "2^(t>1)", "(t>1)^2", "t ? 1 : 2", "t<2 ? lr : t<50 ? lr/2 : lr/4", "(t<2 ? 1 : 2)*3",
    "t<2 ? t<1 ? 1 : 2 : 3", "t>1 ? (t>2 ? 5 : 6) : 7", "1 + (t>1 ? 2 : 3)", "min(t, 3, lr)", "max(t, 3)", "min(t)",
    "sum(t, 1, 2)", "avg(t, 1, 2)", "sum(t)", "2*sum(t, 1)", "abs(-t)", "acos(lr)", "acosh(t+1)", "asin(lr)",
    "asinh(t)", "atan(t)", "atan2(t, 3)", "atan2(-1, -t)", "atanh(lr)", "ceil(t/3)", "cos(t)", "cosh(lr)", "exp(-t)",
    "floor(t/3)", "floor(-t/3)", "ln(t+1)", "log(t+1)", "log10(t+1)", "log2(t+1)", "mod(t, 3)", "mod(-t, 3)",
    "mod(0.3, 0.1)", "mod(1, 0.1)", "pow(t+1, 0.3)", "pow(2, -t)", "rint(t/2)", "round(2.5)", "round(-2.5)",
    "sign(t-2)", "sign(-t)", "sin(t)", "sinh(lr)", "sqrt(t)", "tan(t)", "tanh(t)", "pi", "e", "_pi", "_e", "2*pi*t",
    "e^-t", "epoch*lr", "lr*0.5*(1+cos(_pi*t/T))", " t\n+\t1 ",
    // Where C has infinities and Python exceptions.
    "1/t", "-1/t", "min(1, 1/t)", "log(t)", "ln(-t)", "log10(t)", "sqrt(-t)", "acos(t)", "acosh(-t)", "atanh(t)",
    "exp(t*100)", "cosh(t*100)", "sinh(-t*100)", "0/t", "t^-1", "(-t)^0.5", "(t+1)^1000", "mod(t, 0)", "floor(1/t)",
    "(0-t)^1001", "1/(t>2)", "min(floor(1/t), 3)", "t > 0 ? 1/t : 5"};

constexpr const char* layerRateSchedules[] = {
    R"({"type":"constant","lr":0.1})",
    R"({"type":"linear","lr":0.1,"end":0.01})",
    R"({"type":"cosine","lr":0.1})",
    R"({"type":"cosine","lr":0.1,"end":0.01})",
    R"({"type":"one_cycle","max_lr":0.1})",
    R"({"type":"cyclical","lr":0.01,"max_lr":0.1,"half_period":30,"mode":"triangular"})",
    R"({"type":"warm_restarts","lr":0.1,"end":0.001,"period":30})",
    R"({"type":"inverse_sqrt","lr":0.1,"warmup":20})",
    R"({"type":"sequence","parts":[{"schedule":{"type":"linear","lr":0.01,"end":0.1},"length":20},
        {"schedule":{"type":"cosine","lr":0.1}}]})"};

std::string layerKeys(const std::string& schedule) {
    return R"("network":[{"type":"dense","units":8},{"type":"relu"},{"type":"dense","units":9},
        {"type":"relu"},{"type":"dense","units":10}],"layer_rates":[0,0.1,2],"schedule":)" +
           schedule;
}

} // namespace

class TestScheduleCodeParts : public QObject {
    Q_OBJECT

private:
    void addFormula(const char* formula);

    /// A run by its keys, and the code that it comes to.
    std::string codeOf(const std::string& keys, CodeTarget target = CodeTarget::PyTorch) const;
    void addRun(const std::string& name, const std::string& keys, CodeTarget target = CodeTarget::PyTorch);

    SnippetRuns m_runs;

private Q_SLOTS:
    void initTestCase();
    void formulasAreMuParsers_data();
    void formulasAreMuParsers();
    void formulasRead_data();
    void formulasRead();
    void optimizers_data();
    void optimizers();
    void optimizersKeepTheirParameters();
    void layerRates_data();
    void layerRates();
    void networks();
    void words();
};

void TestScheduleCodeParts::addFormula(const char* formula) {
    PythonExpression expression(formula);
    QJsonArray arguments;
    for (const FormulaVariables& at : places) {
        expression(at);
        arguments.append(QJsonArray{at.t, at.T, at.epoch, at.lr});
    }
    const std::string text = expression.text();
    std::string code = "import math\n";
    for (const std::string& helper : expression.helpers()) code += std::string(pythonHelper(helper));
    m_runs.add(formula, code + "def value(t, T, epoch, lr):\n    return " + text + '\n',
               {{QStringLiteral("kind"), QStringLiteral("formula")}, {QStringLiteral("arguments"), arguments}});
}

std::string TestScheduleCodeParts::codeOf(const std::string& keys, CodeTarget target) const {
    return scheduleCode(runConfigFromJson(R"({"name":"a",)" + keys + '}', "test"), {200, 100}, target);
}

void TestScheduleCodeParts::addRun(const std::string& name, const std::string& keys, CodeTarget target) {
    m_runs.add(name, codeOf(keys, target),
               {{QStringLiteral("kind"), QLatin1String(target == CodeTarget::PyTorch ? "torch" : "keras")},
                {QStringLiteral("steps"), 200},
                {QStringLiteral("per_epoch"), 100}});
}

void TestScheduleCodeParts::initTestCase() {
    if (SnippetRuns::program().isEmpty()) QSKIP("There is no python3 to run the code with.");
    for (const char* formula : formulas) addFormula(formula);
    for (const OptimizerInfo& info : optimizerTable()) {
        const std::string keys =
            R"("schedule":{"type":"constant","lr":0.01},"optimizer":{"type":")" + info.type + "\"}";
        addRun("torch " + info.type, keys);
        addRun("keras " + info.type, keys, CodeTarget::Keras);
    }
    for (std::size_t i = 0; i < std::size(layerRateSchedules); ++i)
        addRun("layers " + std::to_string(i), layerKeys(layerRateSchedules[i]));
    for (const char* network : {R"("cnn")", R"("softmax")", R"([{"type":"maxpool"},{"type":"dense","units":10}])",
                                R"([{"type":"conv2d","filters":4,"kernel":25},{"type":"relu"},
        {"type":"maxpool","size":9},{"type":"flatten"},{"type":"dense","units":10}])"}) {
        addRun(std::string("torch ") + network, std::string(R"("network":)") + network);
        addRun(std::string("keras ") + network, std::string(R"("loss":"mse","network":)") + network, CodeTarget::Keras);
    }
    const QString fault = m_runs.run();
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void TestScheduleCodeParts::formulasAreMuParsers_data() {
    QTest::addColumn<QByteArray>("formula");
    for (const char* formula : formulas) QTest::newRow(formula) << QByteArray(formula);
}

void TestScheduleCodeParts::formulasAreMuParsers() {
    QFETCH(const QByteArray, formula);
    const QJsonObject result = m_runs.result(formula.toStdString());
    QCOMPARE(result.value(QLatin1String("error")).toString(), QString());
    const std::vector<double> values = SnippetRuns::rates(result);
    const Formula muParser(formula.toStdString());
    PythonExpression own(formula.toStdString());
    for (std::size_t i = 0; i < std::size(places); ++i) {
        const double expected = muParser(places[i]);
        const auto same = [&](double value) {
            return std::isnan(expected)
                       ? std::isnan(value)
                       : value == expected || std::abs(value - expected) <= 1e-12 * std::abs(expected) + 1e-15;
        };
        QVERIFY2(same(values[i]),
                 qPrintable(QStringLiteral("Python's %1, not %2 at %3").arg(values[i]).arg(expected).arg(i)));
        QVERIFY2(same(own(places[i])),
                 qPrintable(QStringLiteral("%1, not %2 at %3").arg(own(places[i])).arg(expected).arg(i)));
    }
}

void TestScheduleCodeParts::formulasRead_data() {
    QTest::addColumn<QByteArray>("formula");
    QTest::addColumn<QByteArray>("python");
    const auto row = [](const char* formula, const char* python) {
        QTest::newRow(formula) << QByteArray(formula) << QByteArray(python);
    };
    row("2^3^2", "2 ** 3 ** 2");
    row("(2^3)^2", "(2 ** 3) ** 2");
    row("-t^2", "-t ** 2");
    row("(t*2)/(T)", "t * 2 / T");
    row("t-(T-1)", "t - (T - 1)");
    row("a_b", "");
    row("1 < t < 3", "float((1 < t) < 3)");
    row("t<2 ? lr : epoch", "lr if t < 2 else epoch");
    row("1e-4*min(t,3)", "1e-04 * min(t, 3)");
    row("hypot(t, 2)", "");
    row("t t", "");
}

void TestScheduleCodeParts::formulasRead() {
    QFETCH(const QByteArray, formula);
    QFETCH(const QByteArray, python);
    if (python.isEmpty()) {
        QVERIFY_EXCEPTION_THROWN(PythonExpression{formula.toStdString()}, Error);
        return;
    }
    QCOMPARE(QByteArray::fromStdString(PythonExpression(formula.toStdString()).text()), python);
}

void TestScheduleCodeParts::optimizers_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("torch");
    QTest::addColumn<QByteArray>("keras");
    const auto row = [](const char* type, const char* torch, const char* keras) {
        QTest::newRow(type) << QByteArray(type) << QByteArray(torch) << QByteArray(keras);
    };
    row("sgd", "SGD", "SGD");
    row("adam", "Adam", "Adam");
    row("adamw", "AdamW", "AdamW");
    row("rmsprop", "RMSprop", "RMSprop");
    row("nadam", "NAdam", "Nadam");
    row("adamax", "Adamax", "Adamax");
    row("radam", "RAdam", "Adam");
    row("adagrad", "Adagrad", "Adagrad");
    row("adadelta", "Adadelta", "Adadelta");
    row("adabound", "Adam", "Adam");
    row("rprop", "Rprop", "SGD");
    row("local_gains", "SGD", "SGD");
}

void TestScheduleCodeParts::optimizers() {
    QFETCH(const QByteArray, type);
    QFETCH(const QByteArray, torch);
    QFETCH(const QByteArray, keras);
    for (const char* library : {"torch", "keras"}) {
        const bool isTorch = library[0] == 't';
        if (isTorch && !m_runs.hasTorch()) continue;
        const QJsonObject result = m_runs.result(library + (' ' + type.toStdString()));
        QCOMPARE(result.value(QLatin1String("error")).toString(), QString());
        QCOMPARE(result.value(QLatin1String("optimizer")).toString().toUtf8(), isTorch ? torch : keras);
        QCOMPARE(SnippetRuns::rates(result), std::vector<double>(200, 0.01));
        const std::string text =
            codeOf(R"("schedule":{"type":"constant","lr":0.01},"optimizer":{"type":")" + type.toStdString() + "\"}",
                   isTorch ? CodeTarget::PyTorch : CodeTarget::Keras);
        const bool isOwn =
            QString::fromUtf8(type).compare(QString::fromUtf8(isTorch ? torch : keras), Qt::CaseInsensitive) == 0;
        QCOMPARE(hasText(text, isTorch ? "# torch.optim has no " : "# Keras has no "), !isOwn);
    }
}

void TestScheduleCodeParts::optimizersKeepTheirParameters() {
    QVERIFY(hasText(
        codeOf(R"("optimizer":{"type":"sgd","momentum":0.9,"nesterov":true,"weight_decay":1e-4})"),
        "torch.optim.SGD(\n    model.parameters(), lr=0.01, momentum=0.9, weight_decay=1e-04, nesterov=True\n)"));
    QVERIFY(hasText(codeOf(R"("optimizer":{"type":"adam","betas":[0.8,0.99],"amsgrad":true})"),
                    "lr=0.01, betas=(0.8, 0.99), amsgrad=True)"));
    QVERIFY(hasText(codeOf(R"("optimizer":{"type":"rprop","eta_plus":1.3,"max_step":1})"),
                    "lr=0.01, etas=(0.5, 1.3), step_sizes=(1e-06, 1))"));
    QVERIFY(hasText(codeOf(R"("optimizer":{"type":"rmsprop","alpha":0.9,"centered":true})"),
                    "lr=0.01, alpha=0.9, centered=True)"));
    const std::string keras =
        codeOf(R"("optimizer":{"type":"sgd","momentum":0.9,"weight_decay":0.01})", CodeTarget::Keras);
    QVERIFY(hasText(keras, "keras.optimizers.SGD(learning_rate=0.01, momentum=0.9)") &&
            hasText(keras, "keras.regularizers.L2(0.005)"));
    QVERIFY(hasText(codeOf(R"("optimizer":{"type":"adam"})", CodeTarget::Keras),
                    "learning_rate=0.01, beta_1=0.9, beta_2=0.999, epsilon=1e-08)"));
}

void TestScheduleCodeParts::layerRates_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < std::size(layerRateSchedules); ++i) QTest::addRow("%zu", i) << static_cast<int>(i);
}

void TestScheduleCodeParts::layerRates() {
    QFETCH(const int, index);
    if (!m_runs.hasTorch()) QSKIP("python3 has no torch here.");
    const QJsonObject result = m_runs.result("layers " + std::to_string(index));
    QCOMPARE(result.value(QLatin1String("error")).toString(), QString());
    QCOMPARE(result.value(QLatin1String("groups")).toInt(), 2);
    const RunConfig config = runConfigFromJson(R"({"name":"a",)" + layerKeys(layerRateSchedules[index]) + '}', "test");
    const Schedule schedule(config.schedule, {200, 100});
    const double shares[] = {0.1, 2.0};
    for (int group = 0; group < 2; ++group) {
        const std::vector<double> rates = SnippetRuns::rates(result, group);
        for (std::uint64_t step = 0; step < 200; ++step)
            QVERIFY(std::abs(rates[step] - shares[group] * schedule.at(step)) <= 1e-6 * rates[step] + 1e-15);
    }
    QVERIFY(hasText(codeOf(layerKeys(layerRateSchedules[index])), "model[0].requires_grad_(False)  # frozen"));
}

void TestScheduleCodeParts::networks() {
    for (const char* library : {"torch", "keras"}) {
        if (library[0] == 't' && !m_runs.hasTorch()) continue;
        for (const char* network : {R"("cnn")", R"("softmax")", R"([{"type":"maxpool"},{"type":"dense","units":10}])"})
            QCOMPARE(m_runs.result(std::string(library) + ' ' + network).value(QLatin1String("error")).toString(),
                     QString());
    }
    const std::string cnn = codeOf(R"("network":"cnn")");
    QVERIFY(hasText(cnn, "torch.nn.Conv2d(1, 32, 3),\n") && hasText(cnn, "torch.nn.Linear(1600, 256),\n"));
    QVERIFY(hasText(codeOf(R"("network":"softmax")"), "Sequential(\n    torch.nn.Linear(784, 10),\n)"));
    QVERIFY(hasText(codeOf(R"("init":"he")", CodeTarget::Keras), "Dense(128, kernel_initializer=\"he_uniform\")"));
}

void TestScheduleCodeParts::words() {
    const std::string text = codeOf(R"j("schedule":{"type":"formula","expression":"0.1\n+ 0"})j");
    QVERIFY2(text.starts_with("# Run “a” of Ratescope\n# Schedule: formula, lr(t) = 0.1 + 0; t in steps\n# Length: 200 "
                              "steps, 100 an epoch\nimport torch\n"),
             text.c_str());
    const std::string sequence = codeOf(
        R"("schedule":{"type":"sequence","parts":[{"schedule":{"type":"linear","lr":0.1,"end":1},"length":10},
        {"schedule":{"type":"constant","lr":1}}]})");
    QVERIFY2(hasText(sequence, "\n#   1. for 10 steps: linear, lr(t) = lr + (end − lr)·min(t/length, 1); t in steps\n# "
                               "    with lr 0.1, end 1\n#   2. to the end: constant"),
             sequence.c_str());
    const std::string growth = scheduleCode(
        runConfigFromJson(
            R"({"name":"a","epochs":2,"schedule":{"type":"step","lr":0.1,"period":10,"batch_growth":true,"max_batch":100}})",
            "test"),
        {20, 10}, CodeTarget::PyTorch);
    QVERIFY2(hasText(growth, "def batch_size(step):") && hasText(growth, "# turned round: the rate stays at lr(0)"),
             growth.c_str());
}

QTEST_GUILESS_MAIN(TestScheduleCodeParts)
#include "tst_schedule_code_parts.moc"
