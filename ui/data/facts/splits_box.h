// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/data/data_study.h"

#include <QWidget>

class QLabel;

namespace simclr::ui {

class ParameterForm;

/// The splits that a run with the current options would have: their sizes, how they came about, and the
/// training options that change them. Owned by the FactsPanel; UI thread.
class SplitsBox : public QWidget {
    Q_OBJECT
  public:
    /// The study must outlive it.
    explicit SplitsBox(const DataStudy &study, QWidget *parent = nullptr);

    void setOptions(const TrainOptions &options);

  Q_SIGNALS:
    /// The user has changed one of the options.
    void optionEdited(const QString &id, const simclr::Value &value);

  private:
    void build();
    void showSplits();

    const DataStudy &m_study;
    QLabel *m_counts;
    QLabel *m_origin;
    QLabel *m_notes;
    ParameterForm *m_form;
};

} // namespace simclr::ui
