// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/saved_views.h"

#include <QToolButton>
#include <functional>
#include <vector>

namespace simclr::ui {

class RunCatalogue;

/// The saved views of the table of runs: a menu to switch between them (Alt+1 … Alt+9), to save the present
/// one, and to rename, replace, move and delete one. They are kept in the database. Owned by the RunsPage.
class ViewsButton : public QToolButton {
    Q_OBJECT
  public:
    /// `view` gives the present view.
    ViewsButton(RunCatalogue &catalogue, std::function<Json()> view, QWidget *parent = nullptr);

    /// Reads them again.
    void refresh();

  Q_SIGNALS:
    void chosen(const simclr::Json &view);
    void failed(const QString &problem);

  private:
    void fill();
    void choose(std::size_t place);
    void addChanges(QMenu &changes, std::size_t place);
    void askForName();
    void askForNewName(const QString &name);
    void move(std::size_t from, std::size_t to);
    void save(const QString &name);
    void remove(const QString &name);
    void changed(const QString &problem);

    RunCatalogue &m_catalogue;
    std::function<Json()> m_view;
    std::vector<SavedView> m_views;
};

} // namespace simclr::ui
