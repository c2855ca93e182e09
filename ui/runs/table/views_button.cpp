// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/runs/table/views_button.h"

#include "core/store/run_store.h"
#include "ui/workspace/run_catalogue.h"

#include <QInputDialog>
#include <QMenu>
#include <QPointer>
#include <QShortcut>
#include <memory>
#include <utility>

namespace simclr::ui {

namespace {

constexpr int keys = 9; ///< Alt+1 … Alt+9

QKeySequence keyOf(int place) {
    return QKeySequence(static_cast<int>(Qt::ALT) | (Qt::Key_1 + place));
}

} // namespace

ViewsButton::ViewsButton(RunCatalogue &catalogue, std::function<Json()> view, QWidget *parent)
    : QToolButton(parent), m_catalogue(catalogue), m_view(std::move(view)) {
    setObjectName(QStringLiteral("viewsButton"));
    setText(tr("Views"));
    setToolTip(tr("Saved filters, groups, columns and sorting"));
    setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("viewsMenu"));
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &ViewsButton::fill);
    for (int place = 0; place < keys; ++place) {
        auto *shortcut = new QShortcut(keyOf(place), this);
        shortcut->setContext(Qt::WindowShortcut); // active while the page is shown
        connect(shortcut, &QShortcut::activated, this,
                [this, place] { choose(static_cast<std::size_t>(place)); });
    }
}

void ViewsButton::refresh() {
    const auto views = std::make_shared<std::vector<SavedView>>();
    m_catalogue.change([views](RunStore &store) { *views = store.savedViews().all(); },
                       [self = QPointer(this), views](const QString &problem) {
                           if (self && problem.isEmpty()) // the page may have been closed since
                               self->m_views = std::move(*views);
                       });
}

void ViewsButton::fill() {
    menu()->clear();
    for (std::size_t place = 0; place < m_views.size(); ++place) {
        QString title = QString::fromStdString(m_views[place].name);
        title.replace(QLatin1Char('&'), QStringLiteral("&&"));
        if (static_cast<int>(place) < keys)
            title += QLatin1Char('\t') + keyOf(static_cast<int>(place)).toString(QKeySequence::NativeText);
        menu()->addAction(title, this, [this, place] { choose(place); });
    }
    menu()->addSeparator();
    menu()->addAction(tr("Save this view…"), this, [this] { askForName(); });
    QMenu *removal = menu()->addMenu(tr("Delete a view"));
    removal->setEnabled(!m_views.empty());
    for (const SavedView &view : m_views) {
        const QString name = QString::fromStdString(view.name);
        removal->addAction(QString(name).replace(QLatin1Char('&'), QStringLiteral("&&")), this,
                           [this, name] { remove(name); });
    }
}

void ViewsButton::choose(std::size_t place) {
    if (place < m_views.size())
        Q_EMIT chosen(m_views[place].definition);
}

void ViewsButton::askForName() {
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("viewNameDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this view"));
    dialog->setLabelText(tr("Name of the view; an existing one of this name is replaced"));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this](const QString &name) { save(name.trimmed()); });
    dialog->open();
}

void ViewsButton::save(const QString &name) {
    m_catalogue.change(
        [name = name.toStdString(), view = m_view()](RunStore &store) { store.savedViews().put(name, view); },
        [this](const QString &problem) { changed(problem); });
}

void ViewsButton::remove(const QString &name) {
    m_catalogue.change([name = name.toStdString()](RunStore &store) { store.savedViews().remove(name); },
                       [this](const QString &problem) { changed(problem); });
}

void ViewsButton::changed(const QString &problem) {
    if (!problem.isEmpty())
        Q_EMIT failed(problem);
    refresh();
}

} // namespace simclr::ui
