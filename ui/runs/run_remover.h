// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <filesystem>

namespace simclr::ui {

/// Removes runs from the store in a thread of its own: their curves and files take a while. Lives on the UI
/// thread; owned by the RunsPage, which waits for it when it goes.
class RunRemover : public QObject {
    Q_OBJECT
  public:
    explicit RunRemover(std::filesystem::path database, QObject *parent = nullptr);
    ~RunRemover() override;

    void remove(const QList<qint64> &runs);

  Q_SIGNALS:
    /// `problem` says what could not be removed; empty where everything was.
    void finished(const QList<qint64> &runs, const QString &problem);

  private:
    std::filesystem::path m_database;
    QThreadPool m_pool;
};

} // namespace simclr::ui
