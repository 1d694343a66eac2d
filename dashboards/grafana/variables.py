"""Variables and annotations as Grafana holds them."""

from typing import assert_never

from dashboards.grafana.fields import BOARD
from dashboards.grafana.panels import target
from dashboards.grafana.sql import ALL_VALUE, plugin_sql
from dashboards.grafana.wire import PLUGIN, AnnotationJson, Source, VariableJson
from dashboards.model.screen import Annotation, Choice, Listed, Typed, Variable

_ALL = {"text": ["All"], "value": ["$__all"], "selected": True}


def datasource_variable(uid: str, name: str) -> VariableJson:
    """Return the variable that chooses the data source; at first the one of that uid."""
    return VariableJson(
        type="datasource",
        name="datasource",
        label="数据源",
        query=PLUGIN,
        regex="",
        refresh=1,
        multi=False,
        include_all=False,
        current={"text": name, "value": uid, "selected": True},
        options=[],
    )


def board_variable(address: str) -> VariableJson:
    """Return the hidden constant that holds the address of the board."""
    return VariableJson(type="constant", name=BOARD, label="看板地址", hide=2, skip_url_sync=True, query=address)


def variable_json(variable: Variable) -> VariableJson:
    """Return a variable of a screen."""
    match variable:
        case Choice():
            text = plugin_sql(variable.query)
            return VariableJson(
                type="query",
                name=variable.name,
                label=variable.title,
                query=text,
                definition=text,
                datasource=Source(),
                regex="",
                refresh=2,
                sort=0,
                multi=True,
                include_all=True,
                all_value=ALL_VALUE,
                current=_ALL,
                options=[],
            )
        case Listed():
            return VariableJson(
                type="custom",
                name=variable.name,
                label=variable.title,
                query=",".join(f"{one.text} : {one.value}" for one in variable.options),
                multi=True,
                include_all=True,
                all_value=ALL_VALUE,
                current=_ALL,
                options=[{"text": one.text, "value": one.value, "selected": False} for one in variable.options],
            )
        case Typed():
            empty = {"text": "", "value": "", "selected": False}
            return VariableJson(
                type="textbox",
                name=variable.name,
                label=variable.title,
                description=variable.hint,
                query="",
                current=empty,
                options=[empty],
            )
        case _:
            assert_never(variable)


def annotation_json(annotation: Annotation) -> AnnotationJson:
    """Return an annotation of a screen."""
    return AnnotationJson(
        name=annotation.name,
        icon_color=annotation.colour.value,
        target=target(annotation.query, series=False, name="Anno"),
    )
