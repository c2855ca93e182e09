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

    /// What reads as before stays as it is, and so does what is selected. Returns whether rows came or went.
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

    QList<Section> m_sections; ///< what is to be shown
};

} // namespace simclr::ui
