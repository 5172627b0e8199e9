"""The steps from an empty var/ to a service that is ready; what can run at the same time does."""

from dataclasses import dataclass

from spo_cases.services import beside, collected, environment, valkey
from spo_cases.services.children import Child
from spo_cases.services.commands import Commands
from spo_cases.services.kind import is_demonstration
from spo_cases.services.paths import Places
from spo_cases.services.postgres import Postgres
from spo_cases.services.readiness import Readiness, wait_for
from spo_cases.services.remembered import Remembered
from spo_cases.services.supervisor import Supervisor

SERVER_SECONDS, READY_SECONDS = 20.0, 90.0


@dataclass(frozen=True)
class Serving:
    """What readiness is asked of, and whose log says why it is not there."""

    readiness: Readiness
    web: Child
    worker: Child
    advocates: Child | None = None  # where their site has processes of its own


@dataclass
class Stack:
    """One copy of the service on this machine. `base` is the environment of its servers."""

    places: Places
    base: dict[str, str]
    port: int
    supervisor: Supervisor

    def up(self, *, empty: bool) -> Commands:
        """Everything, until the web answers and the clock has been seen to tick."""
        demonstration = is_demonstration(self.places, empty=empty)
        postgres = self.embedded_postgres()
        commands = self.commands(postgres, demonstration=demonstration)
        gathering = self.begin_static(commands)
        self.start_servers(postgres)
        remembered = Remembered(postgres) if postgres else None
        self.migrate(commands, remembered)
        if gathering:
            self.finish_static(gathering)
        serving = self.serve(commands)
        if demonstration:
            self.demonstrate(commands, remembered)
        self.await_ready(commands, serving)
        return commands

    def complete(self, commands: Commands) -> None:
        """What can wait until the rest is ready: drawing documents."""
        self.supervisor.keep(commands.documents())
        self.supervisor.keep(commands.searches())

    def embedded_postgres(self) -> Postgres | None:
        if environment.set_by_caller("DATABASE_URL"):
            return None
        return Postgres(self.places, self.base)

    def commands(self, postgres: Postgres | None, *, demonstration: bool) -> Commands:
        addresses: dict[str, str] = {}
        if postgres:
            addresses |= environment.unset(postgres.addresses())
        if not environment.set_by_caller("REDIS_URL"):
            addresses["REDIS_URL"] = valkey.url(self.places)
        given = environment.service(
            self.base | addresses, self.places, port=self.port, demonstration=demonstration
        )
        beside.leave(given, self.places.var)
        return Commands(self.places, given, self.port)

    def begin_static(self, commands: Commands) -> Child | None:
        """Static files need no database: gather them while it starts."""
        if collected.is_fresh(self.places):
            return None
        return self.supervisor.begin(
            commands.django("collectstatic", "--no-input", "--clear", "--verbosity=0")
        )

    def finish_static(self, gathering: Child) -> None:
        self.supervisor.finish(gathering)
        collected.remember(self.places)
        self.supervisor.say("the static files are gathered")

    def start_servers(self, postgres: Postgres | None) -> None:
        """Both at once; what the caller named an address for is not ours to start."""
        broker = None
        if not environment.set_by_caller("REDIS_URL"):
            broker = self.supervisor.keep(valkey.child(self.places, self.base))
        if postgres:
            postgres.prepare_data()
            server = self.supervisor.keep(postgres.child())
            wait_for(postgres.accepts, self.supervisor, server, seconds=SERVER_SECONDS)
            postgres.make_database()
            self.supervisor.say("PostgreSQL accepts")
        if broker:
            wait_for(
                lambda: valkey.accepts(self.places),
                self.supervisor,
                broker,
                seconds=SERVER_SECONDS,
            )
            self.supervisor.say("Valkey accepts")

    def migrate(self, commands: Commands, remembered: Remembered | None) -> None:
        """Bring the tables up to date, unless they are known to be."""
        arguments = ("migrate", "--no-input", "--verbosity=0")
        if not remembered:
            self.run(commands.django(*arguments))
        elif remembered.done("migrations", remembered.migrations(self.places.root)):
            return
        else:
            self.run(commands.hasty(*arguments))
            remembered.remember("migrations", remembered.migrations(self.places.root))
        self.supervisor.say("the tables are up to date")

    def serve(self, commands: Commands) -> Serving:
        """The web, the clock, and the watch over the clock."""
        url = environment.value(commands.environment, "DATABASE_URL")
        readiness = Readiness(url, self.port)
        self.supervisor.keep(commands.beat())
        self.supervisor.keep(commands.watch())
        web, worker = self.supervisor.keep(commands.web()), self.supervisor.keep(commands.worker())
        if not commands.apart:
            return Serving(readiness, web, worker)
        self.supervisor.keep(commands.keeper())
        return Serving(readiness, web, worker, self.supervisor.keep(commands.advocates()))

    def demonstrate(self, commands: Commands, remembered: Remembered | None) -> None:
        """The command itself leaves a database alone that already holds cases."""
        if not remembered:
            self.run(commands.django("demo"))
        elif remembered.done("demonstration", "made"):
            return
        else:
            self.run(commands.hasty("demo"))
            remembered.remember("demonstration", "made")
        self.supervisor.say("the demonstration data are there")

    def await_ready(self, commands: Commands, serving: Serving) -> None:
        """Until all answers. Whoever prints without the broker is there before it must be."""
        ready = serving.readiness
        wait_for(ready.web_answers, self.supervisor, serving.web, seconds=READY_SECONDS)
        self.supervisor.say("the web answers")
        self.supervisor.keep(commands.render_waiting())
        self.supervisor.keep(commands.search_waiting())
        wait_for(ready.loops_turn, self.supervisor, serving.worker, seconds=READY_SECONDS)
        self.supervisor.say("a scheduled job has run in the worker")
        if serving.advocates:
            wait_for(
                lambda: ready.web_answers(self.advocates_host),
                self.supervisor,
                serving.advocates,
                seconds=READY_SECONDS,
            )
            self.supervisor.say("the advocates' site answers")

    @property
    def advocates_host(self) -> str:
        return self.base.get("SPO_ADVOCATES_HOST") or "advocates.localhost"

    def run(self, child: Child) -> None:
        """Something that must succeed before the next step."""
        self.supervisor.finish(self.supervisor.begin(child))
