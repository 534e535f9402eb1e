// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/formula.h"

#include "core/brief_text.h"

#include <muParser.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>

namespace ratescope {

namespace {

double floorOf(double x) { return std::floor(x); }
double ceilOf(double x) { return std::ceil(x); }
double roundOf(double x) { return std::floor(x + 0.5); } // as muParser's rint
double powerOf(double x, double y) { return std::pow(x, y); }
double moduloOf(double x, double y) { return x - y * std::floor(x / y); }

} // namespace

struct Formula::Parser {
    explicit Parser(const std::string& expression) {
        parser.SetDecSep('.');
        parser.SetArgSep(',');
        parser.DefineConst("pi", 3.14159265358979323846);
        parser.DefineConst("e", 2.71828182845904523536);
        parser.DefineFun("floor", floorOf);
        parser.DefineFun("ceil", ceilOf);
        parser.DefineFun("round", roundOf);
        parser.DefineFun("pow", powerOf);
        parser.DefineFun("mod", moduloOf);
        parser.DefineVar("t", &variables.t);
        parser.DefineVar("T", &variables.T);
        parser.DefineVar("epoch", &variables.epoch);
        parser.DefineVar("lr", &variables.lr);
        parser.SetExpr(expression);
        usesRate = parser.GetUsedVar().contains("lr");
        parser.Eval(); // which is when the rest of what can be wrong is noticed
    }

    std::mutex mutex; ///< the parser reads its variables from one place
    FormulaVariables variables{1.0, 2.0, 1.0, 0.1};
    mu::Parser parser;
    bool usesRate = false;
};

namespace {

std::string describe(const mu::ParserError& error) {
    const std::string token = briefText(error.GetToken());
    switch (error.GetCode()) {
    case mu::ecUNASSIGNABLE_TOKEN: return "“" + token + "” is not known";
    case mu::ecUNEXPECTED_EOF: return "it ends too early";
    case mu::ecMISSING_PARENS: return "a “)” is missing";
    case mu::ecUNEXPECTED_PARENS: return "a parenthesis does not belong";
    case mu::ecUNEXPECTED_OPERATOR: return "the operator “" + token + "” does not belong";
    case mu::ecUNEXPECTED_VAL:
    case mu::ecUNEXPECTED_VAR:
    case mu::ecUNEXPECTED_FUN: return "“" + token + "” does not belong; an operator may be missing";
    case mu::ecUNEXPECTED_ARG:
    case mu::ecUNEXPECTED_ARG_SEP: return "a comma does not belong";
    case mu::ecTOO_MANY_PARAMS: return "“" + token + "” has too many arguments";
    case mu::ecTOO_FEW_PARAMS: return "“" + token + "” has too few arguments";
    case mu::ecEMPTY_EXPRESSION: return "it is empty";
    default: break;
    }
    constexpr std::size_t most = 200;
    return briefText(error.GetMsg(), most);
}

/// Of what muParser would take but a function of time has no use for.
void refuseStatements(const std::string& expression) {
    if (expression.find_first_not_of(" \t\r\n") == std::string::npos) throw FormulaError("it is empty", 0);
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const char before = i > 0 ? expression[i - 1] : ' ';
        const bool comparison = (i + 1 < expression.size() && expression[i + 1] == '=') || before == '=' || before == '<' ||
                                before == '>' || before == '!';
        if (expression[i] == '=' && !comparison) throw FormulaError("a single “=” has no meaning", i);
        if (expression[i] == '"') throw FormulaError("text has no place", i);
    }
}

} // namespace

Formula::Formula(const std::string& expression) {
    refuseStatements(expression);
    // What muParser knows of decimal points is one for all its parsers.
    static std::mutex construction;
    const std::lock_guard lock(construction);
    try {
        m_parser = std::make_unique<Parser>(expression);
    } catch (const mu::ParserError& error) {
        const std::size_t end = expression.size();
        throw FormulaError(describe(error),
                           error.GetPos() < 0 ? end : std::min(end, static_cast<std::size_t>(error.GetPos())));
    }
    if (m_parser->parser.GetNumResults() != 1) throw FormulaError("it gives more than one value", expression.size());
}

Formula::~Formula() = default;

bool Formula::usesRate() const { return m_parser->usesRate; }

double Formula::operator()(const FormulaVariables& variables) const {
    const std::lock_guard lock(m_parser->mutex);
    m_parser->variables = variables;
    try {
        return m_parser->parser.Eval();
    } catch (const mu::ParserError&) { // a division by zero, where muParser was built to mind
        return std::numeric_limits<double>::quiet_NaN();
    }
}

} // namespace ratescope
