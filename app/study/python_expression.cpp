// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/study/python_expression.h"

#include "app/study/code_text.h"
#include "core/brief_text.h"
#include "core/error.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <numbers>
#include <vector>

namespace ratescope {

struct PythonExpression::Node {
    enum class Kind { Number, Name, Negation, Operation, Call, Choice };
    Kind kind = Kind::Number;
    std::string word = {}; ///< of a name, an operation (as muParser writes it) or a call
    double number = 0.0;
    std::vector<std::unique_ptr<Node>> parts = {};
    bool beyond = false; ///< goes where Python raises an exception
};

namespace {

using Node = PythonExpression::Node;
using Kind = Node::Kind;
using NodePointer = std::unique_ptr<Node>;

template <typename... Parts> NodePointer makeNode(Kind kind, std::string word, Parts... parts) {
    auto node = std::make_unique<Node>(Node{kind, std::move(word)});
    (node->parts.push_back(std::move(parts)), ...);
    return node;
}

NodePointer makeNumber(double value) {
    auto node = makeNode(Kind::Number, {});
    node->number = value;
    return node;
}

struct MathFunction {
    double (*value)(double);
    const char* python;
};

/// Functions of one number.
const std::map<std::string, MathFunction, std::less<>>& mathFunctions() {
    static const std::map<std::string, MathFunction, std::less<>> table = {
        {"abs", {std::fabs, "abs"}},
        {"acos", {std::acos, "math.acos"}},
        {"acosh", {std::acosh, "math.acosh"}},
        {"asin", {std::asin, "math.asin"}},
        {"asinh", {std::asinh, "math.asinh"}},
        {"atan", {std::atan, "math.atan"}},
        {"atanh", {std::atanh, "math.atanh"}},
        {"ceil", {std::ceil, "math.ceil"}},
        {"cos", {std::cos, "math.cos"}},
        {"cosh", {std::cosh, "math.cosh"}},
        {"exp", {std::exp, "math.exp"}},
        {"floor", {std::floor, "math.floor"}},
        {"ln", {std::log, "math.log"}},
        {"log", {std::log, "math.log"}},
        {"log10", {std::log10, "math.log10"}},
        {"log2", {std::log2, "math.log2"}},
        {"sin", {std::sin, "math.sin"}},
        {"sinh", {std::sinh, "math.sinh"}},
        {"sqrt", {std::sqrt, "math.sqrt"}},
        {"tan", {std::tan, "math.tan"}},
        {"tanh", {std::tanh, "math.tanh"}},
        {"sign", {[](double x) { return x < 0.0   ? -1.0
                                        : x > 0.0 ? 1.0
                                                  : 0.0; }, "sign"}},
    };
    return table;
}

/// Reads an expression by recursive descent; the levels are muParser's.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text) {}

    NodePointer read() {
        NodePointer node = choice();
        if (skipped() < m_text.size()) fail();
        return node;
    }

private:
    [[noreturn]] void fail() const {
        throw Error("the formula “" + briefText(m_text) + "” has no translation from “" + briefText(m_text.substr(m_at)) +
                    "” on");
    }

    std::size_t skipped() {
        while (m_at < m_text.size() && static_cast<unsigned char>(m_text[m_at]) <= ' ') ++m_at;
        return m_at;
    }
    bool take(std::string_view word) {
        if (!m_text.substr(skipped()).starts_with(word)) return false;
        m_at += word.size();
        return true;
    }
    void need(std::string_view word) {
        if (!take(word)) fail();
    }
    /// The first of the operators that stands here, or none.
    std::string takeOneOf(const std::vector<const char*>& operators) {
        for (const char* one : operators)
            if (take(one)) return one;
        return {};
    }
    NodePointer fromLeft(const std::vector<const char*>& operators, NodePointer (Reader::*operand)()) {
        NodePointer left = (this->*operand)();
        for (std::string word = takeOneOf(operators); !word.empty(); word = takeOneOf(operators))
            left = makeNode(Kind::Operation, word, std::move(left), (this->*operand)());
        return left;
    }

    NodePointer choice() {
        NodePointer condition = either();
        if (!take("?")) return condition;
        NodePointer yes = choice();
        need(":");
        return makeNode(Kind::Choice, {}, std::move(condition), std::move(yes), choice());
    }
    NodePointer either() { return fromLeft({"||"}, &Reader::both); }
    NodePointer both() { return fromLeft({"&&"}, &Reader::comparison); }
    NodePointer comparison() { return fromLeft({"<=", ">=", "==", "!=", "<", ">"}, &Reader::sum); }
    NodePointer sum() { return fromLeft({"+", "-"}, &Reader::product); }
    NodePointer product() { return fromLeft({"*", "/"}, &Reader::signedPower); }
    NodePointer signedPower() {
        if (take("-")) return makeNode(Kind::Negation, {}, signedPower());
        if (take("+")) return signedPower();
        NodePointer base = atom();
        return take("^") ? makeNode(Kind::Operation, "^", std::move(base), signedPower()) : std::move(base);
    }

    NodePointer atom() {
        if (take("(")) {
            NodePointer inner = choice();
            need(")");
            return inner;
        }
        if (skipped() >= m_text.size()) fail();
        const unsigned char first = static_cast<unsigned char>(m_text[m_at]);
        if (std::isdigit(first) != 0 || first == '.') return literal();
        std::size_t end = m_at;
        while (end < m_text.size() &&
               (std::isalnum(static_cast<unsigned char>(m_text[end])) != 0 || m_text[end] == '_'))
            ++end;
        const std::string word(m_text.substr(m_at, end - m_at));
        m_at = end;
        if (word == "pi" || word == "_pi") return makeNode(Kind::Name, "math.pi");
        if (word == "e" || word == "_e") return makeNode(Kind::Name, "math.e");
        if (word == "t" || word == "T" || word == "epoch" || word == "lr") return makeNode(Kind::Name, word);
        return call(word);
    }

    NodePointer literal() {
        double value = 0.0;
        const auto [end, error] = std::from_chars(m_text.data() + m_at, m_text.data() + m_text.size(), value);
        if (error != std::errc()) fail();
        m_at = static_cast<std::size_t>(end - m_text.data());
        return makeNumber(value);
    }

    NodePointer call(const std::string& word) {
        std::vector<NodePointer> arguments;
        need("(");
        do arguments.push_back(choice());
        while (take(","));
        need(")");
        if (word == "min" || word == "max") {
            if (arguments.size() == 1) return std::move(arguments[0]);
        } else if (word == "sum" || word == "avg") {
            return total(std::move(arguments), word == "avg");
        } else if (word == "pow" && arguments.size() == 2) {
            return makeNode(Kind::Operation, "^", std::move(arguments[0]), std::move(arguments[1]));
        } else if ((word == "round" || word == "rint") && arguments.size() == 1) {
            return makeNode(Kind::Call, "floor",
                            makeNode(Kind::Operation, "+", std::move(arguments[0]), makeNumber(0.5)));
        } else if (!(arguments.size() == 1 && mathFunctions().contains(word)) &&
                   !(arguments.size() == 2 && (word == "atan2" || word == "mod"))) {
            throw Error("the formula's function “" + briefText(word) + "” has no translation");
        }
        NodePointer node = makeNode(Kind::Call, word);
        node->parts = std::move(arguments);
        return node;
    }

    static NodePointer total(std::vector<NodePointer> arguments, bool average) {
        const auto count = static_cast<double>(arguments.size());
        NodePointer sum = std::move(arguments[0]);
        for (std::size_t i = 1; i < arguments.size(); ++i)
            sum = makeNode(Kind::Operation, "+", std::move(sum), std::move(arguments[i]));
        return average ? makeNode(Kind::Operation, "/", std::move(sum), makeNumber(count)) : std::move(sum);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

double evaluate(Node& node, const FormulaVariables& variables);

double evaluateOperation(Node& node, const FormulaVariables& variables) {
    const double a = evaluate(*node.parts[0], variables);
    const double b = evaluate(*node.parts[1], variables);
    const std::string& word = node.word;
    if (word == "+") return a + b;
    if (word == "-") return a - b;
    if (word == "*") return a * b;
    if (word == "/") {
        if (b == 0.0) node.beyond = true;
        return a / b;
    }
    if (word == "^") {
        const double power = std::pow(a, b);
        if (!std::isfinite(power)) node.beyond = true;
        return power;
    }
    if (word == "<") return a < b;
    if (word == ">") return a > b;
    if (word == "<=") return a <= b;
    if (word == ">=") return a >= b;
    if (word == "==") return a == b;
    if (word == "!=") return a != b;
    return word == "&&" ? a != 0.0 && b != 0.0 : a != 0.0 || b != 0.0;
}

double evaluateCall(Node& node, const FormulaVariables& variables) {
    const double x = evaluate(*node.parts[0], variables);
    if (node.word == "min" || node.word == "max") {
        double best = x;
        for (std::size_t i = 1; i < node.parts.size(); ++i) {
            const double value = evaluate(*node.parts[i], variables);
            best = node.word == "min" ? std::min(best, value) : std::max(best, value);
        }
        return best;
    }
    if (node.parts.size() == 2) {
        const double y = evaluate(*node.parts[1], variables);
        return node.word == "atan2" ? std::atan2(x, y) : x - y * std::floor(x / y);
    }
    const double value = mathFunctions().find(node.word)->second.value(x);
    if (!std::isfinite(value) && node.word != "abs") node.beyond = true;
    return value;
}

double evaluate(Node& node, const FormulaVariables& variables) {
    switch (node.kind) {
    case Kind::Number:
        return node.number;
    case Kind::Name:
        if (node.word == "math.pi") return std::numbers::pi;
        if (node.word == "math.e") return std::numbers::e;
        return node.word == "t"       ? variables.t
               : node.word == "T"     ? variables.T
               : node.word == "epoch" ? variables.epoch
                                      : variables.lr;
    case Kind::Negation:
        return -evaluate(*node.parts[0], variables);
    case Kind::Operation:
        return evaluateOperation(node, variables);
    case Kind::Call:
        return evaluateCall(node, variables);
    case Kind::Choice:
        return evaluate(*node.parts[evaluate(*node.parts[0], variables) != 0.0 ? 1 : 2], variables);
    }
    return 0.0;
}

/// Python's own levels: what binds less needs parentheses.
enum Level { Conditional, Or, And, Comparison, Sum, Product, Sign, Power, Atom };

/// Writes an expression.
class Writer {
public:
    explicit Writer(std::set<std::string>& helpers)
        : m_helpers(helpers) {}

    struct Text {
        std::string text;
        Level level = Atom;
        bool truth = false; ///< True or False rather than a number
    };

    Text write(const Node& node) {
        switch (node.kind) {
        case Kind::Number:
            return {python::number(node.number)};
        case Kind::Name:
            return {node.word};
        case Kind::Negation:
            return {"-" + within(*node.parts[0], Power), Sign};
        case Kind::Operation:
            return operation(node);
        case Kind::Call:
            return call(node);
        case Kind::Choice:
            return {within(*node.parts[1], Or) + " if " + condition(*node.parts[0], Or) + " else " +
                        within(*node.parts[2], Conditional),
                    Conditional};
        }
        return {};
    }

private:
    std::string within(const Node& node, Level least) { return within(write(node), least); }
    static std::string within(const Text& text, Level least) {
        return text.level < least ? '(' + text.text + ')' : text.text;
    }

    /// As what is true or not: a number is where it is not 0.
    std::string condition(const Node& node, Level least) {
        const Text text = write(node);
        return text.truth ? within(text, least) : within(text, Sum) + " != 0";
    }

    Text operation(const Node& node) {
        const std::string& word = node.word;
        const Node& a = *node.parts[0];
        const Node& b = *node.parts[1];
        const auto helped = [&](const char* name) {
            m_helpers.insert(name);
            return Text{std::string(name) + '(' + write(a).text + ", " + write(b).text + ')'};
        };
        if (word == "/" && node.beyond) return helped("divide");
        if (word == "^" && node.beyond) return helped("power");
        if (word == "^") return {within(a, Atom) + " ** " + within(b, Sign), Power};
        if (word == "*" || word == "/") return {within(a, Product) + ' ' + word + ' ' + within(b, Sign), Product};
        if (word == "+" || word == "-") return {within(a, Sum) + ' ' + word + ' ' + within(b, Product), Sum};
        if (word == "&&") return {condition(a, And) + " and " + condition(b, Comparison), And, true};
        if (word == "||") return {condition(a, Or) + " or " + condition(b, And), Or, true};
        // Python would take a < b < c for two comparisons at once.
        return {within(a, Sum) + ' ' + word + ' ' + within(b, Sum), Comparison, true};
    }

    Text call(const Node& node) {
        const auto function = mathFunctions().find(node.word);
        std::string name = function == mathFunctions().end() ? node.word : function->second.python;
        if (name == "atan2") name = "math.atan2";
        std::string arguments;
        for (const NodePointer& part : node.parts) arguments += (arguments.empty() ? "" : ", ") + write(*part).text;
        if (name == "sign" || name == "mod") m_helpers.insert(name);
        if (!node.beyond || name == "sign") return {name + '(' + arguments + ')'};
        m_helpers.insert("guarded");
        return {"guarded(" + name + ", " + arguments + ')'};
    }

    std::set<std::string>& m_helpers;
};

void collect(const Node& node, std::set<std::string, std::less<>>& names) {
    if (node.kind == Kind::Name) names.insert(node.word);
    for (const NodePointer& part : node.parts) collect(*part, names);
}

} // namespace

PythonExpression::PythonExpression(std::string_view expression)
    : m_root(Reader(expression).read()) {
    collect(*m_root, m_variables);
}

PythonExpression::~PythonExpression() = default;

double PythonExpression::operator()(const FormulaVariables& variables) {
    return evaluate(*m_root, variables);
}

std::string PythonExpression::text() const {
    m_helpers.clear();
    const Writer::Text text = Writer(m_helpers).write(*m_root);
    return text.truth ? "float(" + text.text + ')' : text.text;
}

} // namespace ratescope
