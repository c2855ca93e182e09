// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QToolButton;

namespace simclr::ui {

class PipelineDocument;

/// Selects whether both views use the same steps and, if not, whose steps are shown. Owned by the
/// PipelinePanel; UI thread.
class BranchBar : public QWidget {
    Q_OBJECT
  public:
    explicit BranchBar(PipelineDocument &document, QWidget *parent = nullptr);

  Q_SIGNALS:
    /// 0 or 1.
    void branchChosen(int branch);

  private:
    QWidget *makeViewButtons();
    void choose(int branch);
    void showBranches();

    PipelineDocument &m_document;
    int m_branch = 0;
    QToolButton *m_same;
    QToolButton *m_separate;
    QToolButton *m_first;
    QToolButton *m_second;
    QWidget *m_views; ///< the buttons for the steps of one view
};

} // namespace simclr::ui
