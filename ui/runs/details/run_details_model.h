// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/records.h"

#include <QStandardItemModel>

namespace simclr::ui {

/// All details of one run, as sections of names and values. Owned by the RunDetails; UI thread.
class RunDetailsModel : public QStandardItemModel {
    Q_OBJECT
  public:
    explicit RunDetailsModel(QObject *parent = nullptr);

    /// Changes only what differs, so that the selection stays. Returns whether rows were added or removed.
    bool setRun(const RunRecord &run);

  private:
    struct Row {
        QString name;
        QString value;
    };
    struct Section {
        QString title;
        QList<Row> rows;
    };
    void addRun(const RunRecord &run);
    void addContinued(const RunRecord &run);
    void addResults(const RunRecord &run);
    void addDataset(const RunRecord &run);
    void addPipeline(const RunRecord &run);
    void addOrigin(const RunRecord &run);
    void addNotes(const RunRecord &run);
    void addConfig(const RunRecord &run);

    Section &addSection(const QString &title);
    static void addRow(Section &section, const QString &name, const QString &value);
    bool hasTheseRows() const;
    void updateValues();
    void build();
    void buildSection(const Section &section);

    QList<Section> m_sections; ///< the content to show
};

} // namespace simclr::ui
