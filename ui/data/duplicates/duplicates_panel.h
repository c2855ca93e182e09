// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QTimer>
#include <QWidget>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLabel;
class QListView;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace simclr::ui {

class EmptyState;
class GroupModel;
class TileLoader;

/// Exact and near-duplicates among the open images: the search, its counts within and between splits, the
/// groups with their thumbnails, and the button that leaves them out. Owned by the DataPage; UI thread.
class DuplicatesPanel : public QWidget {
    Q_OBJECT
  public:
    /// The study must outlive it.
    explicit DuplicatesPanel(DataStudy &study, QWidget *parent = nullptr);

  Q_SIGNALS:
    void leaveOutRequested(const std::vector<std::uint32_t> &samples);
    /// The user wants to see these images in the wall.
    void wallRequested(const std::vector<std::uint32_t> &samples);

  protected:
    bool event(QEvent *event) override;

  private:
    void buildSearch();
    void buildList();
    void buildLayout();
    QBoxLayout *searchRow();
    QBoxLayout *leaveOutRow();
    void connectParts();
    void press();
    void showState();
    void showProgress(DuplicateStage stage, qulonglong done, qulonglong all);
    void showFound();
    std::vector<std::uint32_t> toLeaveOut() const;
    void loadVisible();

    DataStudy &m_study;
    QComboBox *m_similarity;
    QPushButton *m_search;
    QProgressBar *m_progress;
    QLabel *m_status;
    QLabel *m_counts;
    QCheckBox *m_onlyLeaks;
    QComboBox *m_which;
    QPushButton *m_leaveOut;
    QWidget *m_result;
    GroupModel *m_model;
    TileLoader *m_tiles;
    QListView *m_list;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    QTimer m_soon; ///< loads once after several changes
};

} // namespace simclr::ui
