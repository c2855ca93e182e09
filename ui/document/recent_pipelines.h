// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>
#include <filesystem>
#include <vector>

namespace simclr::ui {

/// Pipeline files that were opened or saved, the most recent first; stored in the settings.
std::vector<std::filesystem::path> recentPipelines();
void rememberRecentPipeline(const std::filesystem::path &file);

/// The menu of recent files, filled when it is opened. Owned by its parent; UI thread.
class RecentPipelinesMenu : public QMenu {
    Q_OBJECT
  public:
    explicit RecentPipelinesMenu(QWidget *parent = nullptr);

  Q_SIGNALS:
    void chosen(const std::filesystem::path &file);

  private:
    void fill();
    void add(const std::filesystem::path &file);
};

} // namespace simclr::ui
