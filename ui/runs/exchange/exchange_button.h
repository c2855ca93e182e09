// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_source.h"
#include "ui/runs/exchange/run_exports.h"

#include <QToolButton>
#include <filesystem>
#include <functional>

namespace simclr::ui {

/// The menu above the table of runs with all imports and exports. Owned by the RunsPage; UI thread.
class ExchangeButton : public QToolButton {
    Q_OBJECT
  public:
    /// `selected` gives the selected runs.
    ExchangeButton(RunExports &exports, std::filesystem::path database,
                   std::function<QList<qint64>()> selected, QWidget *parent = nullptr);

    /// Opens the dialog for files that were chosen or dropped.
    void import(const ImportSource &source);

  Q_SIGNALS:
    void imported();

  private:
    void fill();
    void addImports();
    void askFor(ImportKind kind);

    RunExports &m_exports;
    std::filesystem::path m_database;
    std::function<QList<qint64>()> m_selected;
};

} // namespace simclr::ui
