// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/runs/stored_runs.h"
#include "tests/ui/workspace/computing.h"
#include "ui/plots/curve_plot.h"
#include "ui/runs/runs_page.h"
#include "ui/runs/table/runs_table.h"
#include "ui/workspace/workspace.h"

#include <QLabel>
#include <QTemporaryDir>
#include <QtTest>
#include <memory>

namespace simclr::test {

/// The real page on a real database in its own folder. Runs are stored first; open() shows them.
class ShownRuns {
  public:
    ShownRuns()
        : m_database(m_folder.filePath(QStringLiteral("runs.sqlite")).toStdString()), m_store(m_database) {}

    RunStore &store() { return m_store; }

    void open() {
        using namespace ui;
        m_page.reset();
        if (!m_workspace) {
            m_workspace = std::make_unique<Workspace>(m_database);
            m_computing = std::make_unique<Computing>(m_database, m_workspace->images());
        }
        m_page = std::make_unique<RunsPage>(*m_workspace, m_computing->queue, m_computing->session);
        m_page->resize(1200, 740);
        m_page->show();
    }
    /// Waits until the table shows the runs of the first reading, which happens in a thread.
    void openAndWait() {
        open();
        constexpr int patience = 30'000;
        const auto *runs = page().findChild<QLabel *>(QStringLiteral("runsCount"));
        const QString all = QLocale().toString(qlonglong(m_store.runs().all().size()));
        QTRY_VERIFY_WITH_TIMEOUT(runs->text().contains(all), patience);
    }

    ui::RunsPage &page() { return *m_page; }
    ui::RunsTable &table() { return *m_page->findChild<ui::RunsTable *>(); }
    ui::CurvePlot &curves() { return *child<ui::CurvePlot>("runCurves"); }
    template <typename Widget>
    Widget *child(const char *name) {
        return m_page->findChild<Widget *>(QLatin1String(name));
    }
    QStringList shownNames() {
        QStringList names;
        const QAbstractItemModel &rows = *table().model();
        for (int row = 0; row < rows.rowCount(); ++row)
            names.append(rows.index(row, 0).data(Qt::EditRole).toString());
        return names;
    }
    void selectRows(const QList<int> &rows) {
        table().clearSelection();
        for (const int row : rows)
            table().selectionModel()->setCurrentIndex(
                table().model()->index(row, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
    }

  private:
    QTemporaryDir m_folder;
    std::filesystem::path m_database;
    RunStore m_store;
    std::unique_ptr<ui::Workspace> m_workspace;
    std::unique_ptr<Computing> m_computing;
    std::unique_ptr<ui::RunsPage> m_page;
};

} // namespace simclr::test
