// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/dataset_cache.h"

#include <QObject>
#include <QString>
#include <QStringList>
#include <filesystem>
#include <memory>

namespace simclr::ui {

class RunCatalogue;

/// The state that all pages share: the open dataset and the stored runs. Lives on the UI thread and is owned
/// by the MainWindow. Datasets are opened in a worker thread; opening another one cancels the opening in
/// progress.
class Workspace : public QObject {
    Q_OBJECT
  public:
    /// `database` is the file that runs are stored in.
    explicit Workspace(std::filesystem::path database, QObject *parent = nullptr);
    ~Workspace() override;

    const std::filesystem::path &database() const;
    RunCatalogue &runs() const;
    /// Every dataset that is open in this window, also those of jobs.
    DatasetCache &images() const;

    /// The open dataset; null before the first one.
    DatasetPtr dataset() const;
    /// A preview of the folder that is being opened, while its images are read (OpenOptions::openingPreview);
    /// null if there is none (yet), and after the opening.
    DatasetPtr openingPreview() const;
    bool isOpening() const;
    /// Recent sources, newest first, stored in the settings: of the same images one, with any selection.
    QStringList recentSources() const;

  public Q_SLOTS:
    /// Opens `source` as openDataset() understands it.
    void openSource(const QString &source);
    /// Opens the open images again with these labelled images to evaluate on beside them, or with none if
    /// `source` is empty. What is open already is not read again. Nothing happens without open images.
    void setLabelled(const QString &source);
    /// The same with the selection of this file, or with all images if it is empty.
    void setSelection(const QString &file);
    void cancelOpening();

  Q_SIGNALS:
    void openingStarted(const QString &source);
    void openingProgressed(qulonglong done, qulonglong total);
    /// openingPreview() is available, or no longer, because the opening failed or was cancelled.
    void openingPreviewChanged();
    /// dataset() has changed.
    void datasetChanged();
    /// dataset() is unchanged; `reason` is a sentence for the user.
    void openingFailed(const QString &source, const QString &reason);
    void recentSourcesChanged();

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace simclr::ui
