// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/job/job.h"

#include <QString>
#include <QWidget>
#include <optional>

class QLabel;

namespace simclr::ui {

/// The run that the form is compared with after "train again with changes": says what differs, and offers to
/// reset it. Hidden without a run. Owned by the TrainControls.
class BaseRun : public QWidget {
    Q_OBJECT
  public:
    explicit BaseRun(QWidget *parent = nullptr);

    /// `title` is text of the user.
    void setRun(const QString &title, const RunConfiguration &configuration);
    void clear();
    const std::optional<RunConfiguration> &configuration() const { return m_configuration; }

    /// Says how the next run differs. Returns the ids of the options that do.
    QStringList compare(const RunConfiguration &next);

  Q_SIGNALS:
    /// Pipeline and options of the run are wanted again.
    void resetRequested();
    /// The run no longer matters.
    void closed();

  private:
    QString m_title;
    std::optional<RunConfiguration> m_configuration;
    QLabel *m_text;
    QWidget *m_reset;
};

} // namespace simclr::ui
