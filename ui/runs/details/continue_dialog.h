// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/run.h"

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace simclr::ui {

class ParameterForm;

/// Asks with which options a new run is to continue a stored one. Does not block; deletes itself when it is
/// closed. Owned by the RunsPage.
class ContinueDialog : public QDialog {
    Q_OBJECT
  public:
    /// Throws InvalidInput where this version does not understand the run's configuration.
    ContinueDialog(const RunRecord &run, QWidget *parent);

  Q_SIGNALS:
    /// The person wants the run to be continued so.
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
    Values m_initial; ///< as the form shows the run's own
};

} // namespace simclr::ui
