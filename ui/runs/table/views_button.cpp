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
    qDeleteAll(menu()->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly)); // which clear() keeps
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
    QMenu *changes = menu()->addMenu(tr("Change a view"));
    changes->setObjectName(QStringLiteral("changeViewMenu"));
    changes->setEnabled(!m_views.empty());
    for (std::size_t place = 0; place < m_views.size(); ++place)
        addChanges(*changes, place);
}

void ViewsButton::addChanges(QMenu &changes, std::size_t place) {
    const QString name = QString::fromStdString(m_views[place].name);
    QMenu *menu = changes.addMenu(QString(name).replace(QLatin1Char('&'), QStringLiteral("&&")));
    menu->setObjectName(name);
    menu->addAction(tr("Rename…"), this, [this, name] { askForNewName(name); });
    menu->addAction(tr("Replace by the present view"), this, [this, name] { save(name); });
    menu->addAction(tr("Move up"), this, [this, place] { move(place, place - 1); })->setEnabled(place > 0);
    menu->addAction(tr("Move down"), this, [this, place] { move(place, place + 1); })
        ->setEnabled(place + 1 < m_views.size());
    menu->addAction(tr("Delete"), this, [this, name] { remove(name); });
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

void ViewsButton::askForNewName(const QString &name) {
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("renameViewDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename a view"));
    dialog->setLabelText(tr("New name of the view"));
    dialog->setTextValue(name);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, name](const QString &newName) {
        m_catalogue.change([name = name.toStdString(), newName = newName.trimmed().toStdString()](
                               RunStore &store) { store.savedViews().rename(name, newName); },
                           [this](const QString &problem) { changed(problem); });
    });
    dialog->open();
}

/// The keys Alt+1 … follow the order.
void ViewsButton::move(std::size_t from, std::size_t to) {
    std::vector<std::string> names;
    for (const SavedView &view : m_views)
        names.push_back(view.name);
    if (from >= names.size() || to >= names.size())
        return;
    std::swap(names[from], names[to]);
    m_catalogue.change([names](RunStore &store) { store.savedViews().arrange(names); },
                       [this](const QString &problem) { changed(problem); });
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
