// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/runs/explore/duplicates/duplicate_search.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;

namespace simclr::ui {

/// What to search for, the button that starts and cancels, and how far it is. Owned by the DuplicatesView;
/// UI thread.
class DuplicateControls : public QWidget {
    Q_OBJECT
  public:
    explicit DuplicateControls(QWidget *parent = nullptr);

    /// Without the run.
    DuplicateRequest request() const;
    void setSearching(bool isSearching);
    /// `all` 0: unknown.
    void showProgress(std::size_t done, std::size_t all);
    void showStatus(const QString &status);

  Q_SIGNALS:
    void searchRequested();
    void cancelRequested();
    /// A value has changed.
    void edited();

  private:
    void buildFields();

    QComboBox *m_by;
    QDoubleSpinBox *m_threshold;
    QCheckBox *m_onlyLeaks;
    QPushButton *m_start;
    QProgressBar *m_progress;
    QLabel *m_status;
    bool m_isSearching = false;
};

} // namespace simclr::ui
