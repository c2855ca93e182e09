// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace simclr::ui {

class ParameterForm;

/// Asks for the options of a new run that continues a stored one. Does not block; deletes itself when it is
/// closed. Owned by the RunsPage.
class ContinueDialog : public QDialog {
    Q_OBJECT
  public:
    /// Throws InvalidInput if this version cannot read the run's configuration.
    ContinueDialog(const RunRecord &run, QWidget *parent);

  Q_SIGNALS:
    /// The user has confirmed these options.
    void chosen(const simclr::ResumeOptions &options);

  private:
    void buildLayout(const QString &explanation);
    void updateButton();
    void finish();
    /// What differs from the run's own options.
    Values changes() const;

    QLineEdit *m_name;
    ParameterForm *m_form;
    QPushButton *m_start;
    Values m_initial; ///< the run's own, as the form shows them
};

} // namespace simclr::ui
