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

/// Opening and saving of the document, with the questions that belong to it. Nothing blocks: dialogs are
/// opened, and what follows is passed along. Lives on the UI thread; owned by the MainWindow.
class PipelineFiles : public QObject {
    Q_OBJECT
  public:
    using Continuation = std::function<void()>;

    /// Dialogs stand on `window`.
    PipelineFiles(PipelineDocument &document, QWidget *window);

    /// An empty pipeline in the place of this one.
    void startNew();
    void open();
    void openFile(const std::filesystem::path &file);
    /// Saves to the document's file, or asks for one; `then` follows where it was saved.
    void save(const Continuation &then = {});
    void saveAs(const Continuation &then = {});
    /// Replaces the pipeline by one that comes from elsewhere, one undo away; `origin` names it in messages.
    void use(const Json &pipeline, const QString &origin);
    /// Goes on at once where nothing would be lost; otherwise asks to save, discard or cancel.
    void withoutLosingChanges(const Continuation &proceed);

  Q_SIGNALS:
    /// Something could not be read or written; the document is as it was.
    void failed(const QString &reason);

  private:
    void loadNow(const std::filesystem::path &file);
    void saveTo(const std::filesystem::path &file, const Continuation &then);
    QString suggestedName() const;

    PipelineDocument &m_document;
    QWidget *m_window;
};

} // namespace simclr::ui
