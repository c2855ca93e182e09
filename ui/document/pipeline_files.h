// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/util/json.h"

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>

class QWidget;

namespace simclr::ui {

class PipelineDocument;

/// Opens and saves the document, with the questions this requires. Nothing blocks: dialogs are opened, and
/// the continuation is passed as a function. Lives on the UI thread; owned by the MainWindow.
class PipelineFiles : public QObject {
    Q_OBJECT
  public:
    using Continuation = std::function<void()>;

    /// `window` is the parent of the dialogs.
    PipelineFiles(PipelineDocument &document, QWidget *window);

    /// Replaces the pipeline by an empty one.
    void startNew();
    void open();
    void openFile(const std::filesystem::path &file);
    /// Saves to the document's file, or asks for one; calls `then` after a successful save.
    void save(const Continuation &then = {});
    void saveAs(const Continuation &then = {});
    /// Replaces the pipeline by another one, as one undo step; `origin` names its source in messages.
    void use(const Json &pipeline, const QString &origin);
    /// Continues at once if nothing would be lost; otherwise asks to save, discard or cancel.
    void withoutLosingChanges(const Continuation &proceed);

  Q_SIGNALS:
    /// Something could not be read or written; the document is unchanged.
    void failed(const QString &reason);

  private:
    void loadNow(const std::filesystem::path &file);
    void saveTo(const std::filesystem::path &file, const Continuation &then);
    QString suggestedName() const;

    PipelineDocument &m_document;
    QWidget *m_window;
};

} // namespace simclr::ui
