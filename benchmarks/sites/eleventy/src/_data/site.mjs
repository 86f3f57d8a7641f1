export default { title: "The Atlas of Ordinary Things", url: "https://atlas.example" };
