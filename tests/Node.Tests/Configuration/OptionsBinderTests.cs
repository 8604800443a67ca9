using System.Collections;
using NuCypher.P2P.Node.CommandLine;
using NuCypher.P2P.Node.Configuration;

namespace NuCypher.P2P.Node.Tests.Configuration;

public sealed class OptionsBinderTests
{
    [Fact]
    public void Bind_NothingWritten_IsTheDefaults()
    {
        Assert.Equal(new House(), OptionsBinder.Bind<House>([]));
    }

    [Fact]
    public void Bind_EveryKindOfValue_IsTaken()
    {
        var house = OptionsBinder.Bind<House>(
        [
            new("rooms", "7", "x"), new("is-open", "yes", "x"), new("garden.max-trees", "12", "x"),
            new("garden.watering-time", "90s", "x"), new("garden.kind", "wild", "x"), new("name", "Villa Rosa", "x"),
        ]);

        Assert.Equal(
            new House
            {
                Rooms = 7,
                IsOpen = true,
                Name = "Villa Rosa",
                Garden = new Garden { MaxTrees = 12, WateringTime = TimeSpan.FromSeconds(90), Kind = GardenKind.Wild },
            },
            house);
    }

    [Fact]
    public void Bind_TwoOfOneKey_TheLaterWins()
    {
        var house = OptionsBinder.Bind<House>([new("rooms", "7", "file"), new("rooms", "8", "environment")]);

        Assert.Equal(8, house.Rooms);
    }

    [Theory, InlineData("roms"), InlineData("garden"), InlineData("garden.trees"), InlineData("rooms.x"), InlineData("")]
    public void Bind_UnknownKey_SaysWhere(string path)
    {
        var error = Assert.Throws<CommandException>(() => OptionsBinder.Bind<House>([new(path, "1", "akka.hocon line 12")]));

        Assert.Equal(ExitCode.Configuration, error.Code);
        Assert.Contains("akka.hocon line 12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rooms", "-1"), InlineData("rooms", "99999999999"), InlineData("rooms", "4.5"), InlineData("rooms", "")]
    [InlineData("is-open", "maybe"), InlineData("garden.watering-time", "5"), InlineData("garden.watering-time", "99999999999999d")]
    [InlineData("garden.watering-time", "-5s"), InlineData("garden.kind", "7")]
    public void Bind_ValueThatDoesNotFit_SaysWhatWouldFit(string path, string text)
    {
        var error = Assert.Throws<CommandException>(() => OptionsBinder.Bind<House>([new(path, text, "line 3")]));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Write ", error.Remedy, StringComparison.Ordinal);
    }

    [Theory, InlineData("250ms"), InlineData("5s"), InlineData("10m"), InlineData("6h"), InlineData("30d"), InlineData("1500ms")]
    public void Format_Duration_ReadsBack(string text)
    {
        Assert.True(SettingValue.TryParseDuration(text, out var duration));
        Assert.Equal(text, SettingValue.Format(duration));
    }

    [Fact]
    public void Leaves_OfARecord_AreItsKeysWithTheirValues()
    {
        (string, object)[] expected =
        [
            ("rooms", 3), ("is-open", false), ("name", ""), ("garden.max-trees", 5), ("garden.watering-time", TimeSpan.FromMinutes(1)),
            ("garden.kind", GardenKind.Tidy), ("uses-ipv6", true),
        ];

        Assert.Equal(expected, OptionsBinder.Leaves(new House()));
    }

    [Fact]
    public void Environment_OfThePrefix_BecomesSettings()
    {
        var variables = new Hashtable
        {
            ["NUCYPHER__DHT__MAX_RECORDS"] = "5",
            ["AKKA__LOGLEVEL"] = "debug",
            ["NUCYPHER_PASSWORD"] = "secret",
            ["PATH"] = "/bin",
        };

        Assert.Equal(
            [
                new Setting("akka.loglevel", "debug", "environment variable AKKA__LOGLEVEL"),
                new Setting("nucypher.dht.max-records", "5", "environment variable NUCYPHER__DHT__MAX_RECORDS"),
            ],
            EnvironmentSettings.Read(variables));
    }

    private sealed record House
    {
        public int Rooms { get; init; } = 3;

        public bool IsOpen { get; init; }

        public string Name { get; init; } = "";

        public Garden Garden { get; init; } = new();

        public bool UsesIPv6 { get; init; } = true;
    }

    private sealed record Garden
    {
        public int MaxTrees { get; init; } = 5;

        public TimeSpan WateringTime { get; init; } = TimeSpan.FromMinutes(1);

        public GardenKind Kind { get; init; }
    }

    private enum GardenKind
    {
        Tidy,
        Wild,
    }
}
