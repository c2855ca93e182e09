// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/events/run_rules.h"

#include <QWidget>

class QToolButton;
class QVBoxLayout;

namespace simclr::ui {

class ParameterForm;

/// The rules of the next run, folded to one line that says how many are on, and whether the desktop shows
/// notifications. Stores the choices in the
/// settings. Owned by the TrainControls.
class RulesForm : public QWidget {
    Q_OBJECT
  public:
    explicit RulesForm(QWidget *parent = nullptr);

    const RuleOptions &rules() const { return m_rules; }
    void setRules(const RuleOptions &rules);
    /// The width in pixels that it needs unfolded.
    int fullWidth() const;

  Q_SIGNALS:
    /// rules() have changed.
    void changed();

  private:
    void edit(const QString &id, const Value &value);
    void display();
    QWidget *makeContent();

    RuleOptions m_rules;
    QToolButton *m_title;
    ParameterForm *m_form;
    QWidget *m_content;
};

} // namespace simclr::ui
