// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QStandardItemModel>

namespace simclr::ui {

/// Everything that is known of one run, as sections of name and value. Owned by the RunDetails; UI thread.
class RunDetailsModel : public QStandardItemModel {
    Q_OBJECT
  public:
    explicit RunDetailsModel(QObject *parent = nullptr);

    void setRun(const RunRecord &run);

  private:
    void addRun(const RunRecord &run);
    void addResults(const RunRecord &run);
    void addDataset(const RunRecord &run);
    void addPipeline(const RunRecord &run);
    void addOrigin(const RunRecord &run);
    void addNotes(const RunRecord &run);
    void addJson(const QString &title, const Json &json);

    QStandardItem *addSection(const QString &title);
    static void addRow(QStandardItem *section, const QString &name, const QString &value);
};

} // namespace simclr::ui
