// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

namespace simclr::ui {

class RunCatalogue;
class TrainingSession;

/// What happens to runs outside of this window: runs whose process ended before their end, and runs that
/// other processes train. Owned by the MainWindow; UI thread.
class RunNews : public QObject {
    Q_OBJECT
  public:
    RunNews(RunCatalogue &catalogue, const TrainingSession &session, QObject *parent);

  Q_SIGNALS:
    void interrupted(const QString &sentence);
    /// `sentence` is empty when no other process trains.
    void trainedElsewhere(const QString &sentence);

  private:
    void tellInterrupted(const QList<qint64> &runs);
    void tellElsewhere();

    RunCatalogue &m_catalogue;
    const TrainingSession &m_session;
    QTimer m_poll;
};

} // namespace simclr::ui
