// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <optional>
#include <string>

class QLabel;
class QPlainTextEdit;

namespace ratescope {

/// A place to write a formula in. Beneath it stands what may be used, or what is wrong, which is marked in the formula.
class ExpressionEdit : public QWidget {
    Q_OBJECT

public:
    explicit ExpressionEdit(QWidget* parent = nullptr);

    void setExpression(const std::string& expression);
    std::string expression() const;
    /// Index of the character that is marked as wrong; none: nothing is wrong.
    std::optional<int> faultyCharacter() const { return m_fault; }
    QPlainTextEdit* editor() const { return m_edit; }

Q_SIGNALS:
    void edited();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void check();
    void mark();

    QPlainTextEdit* m_edit;
    QLabel* m_text;
    std::optional<int> m_fault;
};

} // namespace ratescope
