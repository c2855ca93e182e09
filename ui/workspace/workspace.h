// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <memory>

namespace simclr::ui {

class RunCatalogue;

/// What all pages share: the dataset that is open, and the runs that are kept. Lives on the UI thread and is
/// owned by the MainWindow. Datasets are opened in a worker thread; opening another one cancels the one under
/// way.
class Workspace : public QObject {
    Q_OBJECT
  public:
    /// `database` is where runs are kept.
    explicit Workspace(std::filesystem::path database, QObject *parent = nullptr);
    ~Workspace() override;

    const std::filesystem::path &database() const;
    RunCatalogue &runs() const;

    /// The dataset that is open; null before the first one is.
    DatasetPtr dataset() const;
    /// The folder that is being opened, to be looked at while its pictures are read (OpenOptions::firstLook);
    /// null where there is none (yet) and when the opening is over.
    DatasetPtr firstLook() const;
    bool isOpening() const;
    /// Sources opened lately, newest first, kept in the settings.
    QStringList recentSources() const;

  public Q_SLOTS:
    /// Opens `source` as openDataset() understands it.
    void openSource(const QString &source);
    void cancelOpening();

  Q_SIGNALS:
    void openingStarted(const QString &source);
    void openingProgressed(qulonglong done, qulonglong total);
    /// firstLook() is there, or no longer because the opening failed or was cancelled.
    void firstLookChanged();
    /// dataset() is another one now.
    void datasetChanged();
    /// dataset() is what it was; `reason` is a sentence for the person.
    void openingFailed(const QString &source, const QString &reason);
    void recentSourcesChanged();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
